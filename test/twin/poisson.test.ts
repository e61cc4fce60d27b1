import { describe, expect, test } from "vitest";
import { expectClose } from "./close.js";
import { exactSum, twiceNormalNll, twicePoissonNll } from "./poisson.js";

describe("Poisson", () => {
	// −2 (n ln λ − λ − ln Γ(n + 1)) in 50 digits.
	test.each([
		[1, 1, 2.0],
		[3, 2.5, 3.0857745472111797],
		[5, 50, 70.45475343128263],
		[0.3, 0.7, 1.3976553473475184],
		[15.999, 16, 4.620819311864928],
		[16, 15.5, 4.636839446554916],
		[100, 100.00001, 6.444713913509706],
		[1000, 700, 122.09568688951735],
		[51, 130, 68.33067122252531],
		[1e-5, 2, 3.9999745929075834],
		[7, 1e-10, 339.4122357414972],
		[1.89e11, 1.89e11, 27.80288991841628],
		[1.89e11, 1.8900001e11, 27.803419018926718],
	])("n = %d at rate %d", (n, rate, expected) => {
		expectClose(twicePoissonNll(n, rate), expected, 2e-15);
	});

	test("empty bins, and what is outside the domain", () => {
		expect(twicePoissonNll(0, 0)).toBe(0);
		expect(twicePoissonNll(0, 3)).toBe(6);
		expect(twicePoissonNll(2, 0)).toBe(Number.POSITIVE_INFINITY);
		expect(twicePoissonNll(2, -1)).toBe(Number.POSITIVE_INFINITY);
		expect(twicePoissonNll(0, -1)).toBe(Number.POSITIVE_INFINITY);
	});
});

test("normal", () => {
	expectClose(twiceNormalNll(1.5, 1, 0.25), 4 + Math.log(2 * Math.PI) - 2 * Math.log(4), 1e-15);
});

test("sums keep what rounding loses, and stay infinite", () => {
	expect(exactSum([1e16, 1, -1e16, 1])).toBe(2);
	expect(exactSum([1, Number.POSITIVE_INFINITY, 2])).toBe(Number.POSITIVE_INFINITY);
});
