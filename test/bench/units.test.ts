import { expect, test } from "vitest";
import { duration, signed, times } from "../../scripts/bench/units.mjs";

test("durations have three digits and the unit that suits them", () => {
	expect([74.23, 1.9999, 0.9996, 0.16512, 1.18e-4, 9.9951e-4, 2.5e-8, 3e-10, 1234].map(duration)).toEqual([
		"74.2 s",
		"2.00 s",
		"1.00 s",
		"165 ms",
		"118 µs",
		"1.00 ms",
		"25.0 ns",
		"0.300 ns",
		"1230 s",
	]);
});

test("ratios have two digits", () => {
	expect([0.123, 1.04, 49.6, 1449].map(times)).toEqual(["0.12×", "1×", "50×", "1400×"]);
});

test("differences have a sign and one digit", () => {
	expect([0, 6.6e-7, -0.0123, 2].map(signed)).toEqual(["0", "+7e-7", "−1e-2", "+2e+0"]);
});
