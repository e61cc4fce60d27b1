import { describe, expect, test } from "vitest";
import { expectClose } from "./close.js";
import { histosysDelta, normsysFactor } from "./interpolation.js";

describe("pyhf's numbers for down 0.5, nominal 1, up 2", () => {
	test.each([
		["code0", 2, 2],
		["code0", -2, -1],
		["code4p", 0.5, 0.47412109375],
		["code4p", -0.5, -0.27587890625],
		["code4p", 2, 2],
		["code4p", -2, -1],
		["code2", 0.5, 0.4375],
		["code2", -0.5, -0.3125],
	] as const)("%s at %d", (code, alpha, delta) => {
		expectClose(histosysDelta(code, alpha, 0.5, 1, 2), delta, 1e-15);
	});

	test.each([
		["code1", 0.5, Math.SQRT2],
		["code1", -0.5, Math.SQRT1_2],
		["code4", 0.5, 1.414216991983261],
		["code4", -0.5, 0.7071036352140968],
		["code4", 2, 4],
		["code4", -2, 0.25],
	] as const)("%s at %d", (code, alpha, factor) => {
		expectClose(normsysFactor(code, alpha, 0.5, 2), factor, 1e-15);
	});
});

describe("the templates are met at −1, 0 and +1, from both sides", () => {
	test.each(["code0", "code2", "code4p"] as const)("%s", (code) => {
		for (const [alpha, delta] of [
			[-1, -0.7],
			[0, 0],
			[1, 2.1],
		] as const) {
			for (const side of [-1e-13, 0, 1e-13]) {
				expect(Math.abs(histosysDelta(code, alpha + side, 3.3, 4, 6.1) - delta)).toBeLessThan(2e-12);
			}
		}
	});

	test.each(["code1", "code4"] as const)("%s", (code) => {
		for (const [alpha, factor] of [
			[-1, 0.8],
			[0, 1],
			[1, 1.3],
		] as const) {
			for (const side of [-1e-13, 0, 1e-13]) {
				expect(Math.abs(normsysFactor(code, alpha + side, 0.8, 1.3) - factor)).toBeLessThan(2e-12);
			}
		}
	});
});

test("code 4 is negative between extreme factors, as pyhf has it", () => {
	expect(normsysFactor("code4", -0.5, 0.01, 105.6)).toBeLessThan(0);
});
