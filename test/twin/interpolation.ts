import type { HistosysCode, NormsysCode } from "../../ts/model/interpolation.js";

/** Factor at α between `lo` (α = −1), 1 (α = 0) and `hi` (α = +1). */
export function normsysFactor(code: NormsysCode, alpha: number, lo: number, hi: number): number {
	if (code === "code1" || Math.abs(alpha) >= 1) return alpha > 0 ? hi ** alpha : lo ** -alpha;
	// The sixth-order polynomial that meets both powers at ±1 in value, first and second derivative.
	const meets = [hi - 1, lo - 1, Math.log(hi) * hi, -Math.log(lo) * lo, Math.log(hi) ** 2 * hi, Math.log(lo) ** 2 * lo];
	return POLYNOMIAL.reduce(
		(sum, row, i) => sum + row.reduce((a, weight, k) => a + weight * (meets[k] as number), 0) * alpha ** (i + 1),
		1,
	);
}

/** Coefficient of α¹…α⁶ for a unit value of each condition. */
const POLYNOMIAL = [
	[15 / 16, -15 / 16, -7 / 16, -7 / 16, 1 / 16, -1 / 16],
	[3 / 2, 3 / 2, -9 / 16, 9 / 16, 1 / 16, 1 / 16],
	[-5 / 8, 5 / 8, 5 / 8, 5 / 8, -1 / 8, 1 / 8],
	[-3 / 2, -3 / 2, 7 / 8, -7 / 8, -1 / 8, -1 / 8],
	[3 / 16, -3 / 16, -3 / 16, -3 / 16, 1 / 16, -1 / 16],
	[1 / 2, 1 / 2, -5 / 16, 5 / 16, 1 / 16, 1 / 16],
];

/** Change of a rate at α between `lo` (α = −1), `nominal` (α = 0) and `hi` (α = +1). */
export function histosysDelta(code: HistosysCode, alpha: number, lo: number, nominal: number, hi: number): number {
	return deltaOf(code, alpha, hi - nominal, nominal - lo);
}

/** The same from the upward step `up` = hi − nominal and the downward step `down` = nominal − lo. */
export function deltaOf(code: HistosysCode, alpha: number, up: number, down: number): number {
	switch (code) {
		case "code0":
			return alpha > 0 ? alpha * up : alpha * down;
		case "code2": {
			// A parabola through the three points, continued by its tangents at ±1.
			const a = (up - down) / 2;
			const b = (up + down) / 2;
			if (alpha > 1) return a + b + (b + 2 * a) * (alpha - 1);
			if (alpha < -1) return a - b + (b - 2 * a) * (alpha + 1);
			return a * alpha ** 2 + b * alpha;
		}
		case "code4p": {
			if (alpha > 1) return alpha * up;
			if (alpha < -1) return alpha * down;
			const mean = (up + down) / 2;
			const bend = (up - down) / 16;
			return alpha * (mean + alpha * bend * (15 + alpha ** 2 * (-10 + 3 * alpha ** 2)));
		}
	}
}
