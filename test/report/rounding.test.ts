import { describe, expect, test } from "vitest";
import { OptionError } from "../../ts/errors.js";
import { formatFixed, formatNumber, formatPdg, formatSignificant, roundPdg } from "../../ts/report/rounding.js";

describe("PDG rounding", () => {
	test.each([
		// The examples of the Review of Particle Physics, Introduction, 5.3.
		[0.827, 0.119, "0.83 ± 0.12"],
		[0.827, 0.367, "0.8 ± 0.4"],
		// The edges of the rule.
		[1, 0.1, "1.00 ± 0.10"],
		[1, 0.354, "1.00 ± 0.35"],
		[1, 0.3549, "1.00 ± 0.35"],
		[1, 0.355, "1.0 ± 0.4"],
		[1, 0.949, "1.0 ± 0.9"],
		[1, 0.94999, "1.0 ± 0.9"],
		[1, 0.95, "1.0 ± 1.0"],
		[1, 0.9999, "1.0 ± 1.0"],
		[1, 9.5, "1 ± 10"],
		// Zero, signs, places left of the decimal point.
		[0, 0.05, "0.00 ± 0.05"],
		[-0.004, 0.05, "0.00 ± 0.05"],
		[-0.0449, 0.12, "-0.04 ± 0.12"],
		[-1.2345, 0.0123, "-1.235 ± 0.012"],
		[12345, 678, "12300 ± 700"],
		[12345, 123, "12350 ± 120"],
		[4, 120, "0 ± 120"],
		[123.456, 99.9, "120 ± 100"],
		[1e9, 0.1, "1000000000.00 ± 0.10"],
		[3.25, 2e-9, "3.2500000000 ± 0.0000000020"],
		// Common powers of ten.
		[1.23456e-7, 2.3e-9, "(1.235 ± 0.023)e-7"],
		[0, 2e-9, "(0.0 ± 2.0)e-9"],
		[5.0123e7, 1.2e6, "(5.01 ± 0.12)e7"],
		[1e300, 1e299, "(1.00 ± 0.10)e300"],
		[5e-324, 5e-324, "(5 ± 5)e-324"],
		[9.9996e-10, 1e-12, "(10.000 ± 0.010)e-10"],
		// Decimal, not binary: 1.005 is 1.00499… in binary, 0.15 is 0.1499….
		[1.005, 0.2, "1.01 ± 0.20"],
		[2.675, 0.15, "2.68 ± 0.15"],
	])("%d ± %d is %s", (value, uncertainty, text) => {
		expect(formatPdg(value, uncertainty)).toBe(text);
	});

	test("gives the pieces", () => {
		expect(roundPdg(1.23456e-7, 2.3e-9)).toEqual({ value: "1.235", uncertainty: "0.023", exponent: -7 });
		expect(roundPdg(1.23456, 0.1)).toEqual({ value: "1.23", uncertainty: "0.10", exponent: 0 });
	});

	test.each([
		[Number.NaN, 1, "not-finite", "value: NaN cannot be shown as a number"],
		[Number.POSITIVE_INFINITY, 1, "not-finite", "value: Infinity cannot be shown as a number"],
		[1, Number.NaN, "not-finite", "uncertainty: NaN cannot be shown as a number"],
		[1, 0, "not-positive", "uncertainty: an uncertainty must be positive, this one is 0"],
		[1, -0.1, "not-positive", "uncertainty: an uncertainty must be positive, this one is -0.1"],
	])("refuses %d ± %d", (value, uncertainty, code, message) => {
		const [path = "", ...words] = message.split(": ");
		expect(() => roundPdg(value, uncertainty)).toThrow(new OptionError(code, words.join(": "), path));
	});
});

describe("numbers without an uncertainty", () => {
	test.each([
		[0, "0"],
		[0.36, "0.3600"],
		[0.99996, "1.000"],
		[0.00012345, "0.0001235"],
		[0.000012345, "1.235e-5"],
		[0.0000999996, "0.0001000"],
		[-2.30781, "-2.308"],
		[12345.6, "12346"],
		[9999999, "9999999"],
		[12345678, "1.235e7"],
		[2.3e-308, "2.300e-308"],
	])("%d with four significant digits is %s", (x, text) => {
		expect(formatSignificant(x, 4)).toBe(text);
	});

	test.each([
		[0, "0"],
		[-0, "0"],
		[1, "1"],
		[123456789, "123456789"],
		[0.5, "0.5"],
		[1e-10, "1e-10"],
		[0.1 + 0.2, "0.3"],
		[1.2345678, "1.23457"],
		[1e300, "1e+300"],
	])("%d as one would write it is %s", (x, text) => {
		expect(formatNumber(x)).toBe(text);
	});

	test.each([
		[23.19636590468879, "23.1964"],
		[-0.00001, "0.0000"],
		[1e21, "1000000000000000000000.0000"],
	])("%d with four decimals is %s", (x, text) => {
		expect(formatFixed(x, 4)).toBe(text);
	});
});
