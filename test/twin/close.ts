import { expect } from "vitest";

/** Asserts agreement to `tolerance` relative to `expected`; infinities and zeros agree only with themselves. */
export function expectClose(actual: number, expected: number, tolerance: number, what = "value"): void {
	if (Object.is(actual, expected)) return;
	const difference = Math.abs(actual - expected) / Math.abs(expected);
	expect(difference, `${what}: ${actual} against ${expected}, relative difference`).toBeLessThanOrEqual(tolerance);
}

/**
 * Asserts agreement of two vectors to `tolerance` relative to the largest entry of `expected`: where
 * variations cancel in one bin, what is left is as precise as what cancelled.
 */
export function expectAllClose(
	actual: ArrayLike<number>,
	expected: ArrayLike<number>,
	tolerance: number,
	what = "entry",
): void {
	expect(actual.length, `${what}: length`).toBe(expected.length);
	const largest = Math.max(...Array.from(expected, Math.abs));
	for (let i = 0; i < expected.length; i++) {
		const difference = Math.abs((actual[i] as number) - (expected[i] as number));
		expect(difference, `${what} ${i}: ${actual[i]} against ${expected[i]}`).toBeLessThanOrEqual(tolerance * largest);
	}
}
