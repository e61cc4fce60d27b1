import { exponentials, normalQuantile } from "./coreNumbers.js";
import type { Estimate } from "./estimate.js";

const ROOT_TWO_PI = 2.5066282746310002;

/**
 * The significance of a p-value, Φ⁻¹(1 − p), with the error that follows from that of p; `undefined` where p is 0 or 1.
 */
export function significanceOf({ value, error }: Estimate): Estimate | undefined {
	if (!(value > 0 && value < 1)) return undefined;
	const significance = normalQuantile(value);
	const density = exponentials(Float64Array.of(-0.5 * significance * significance))[0]! / ROOT_TWO_PI;
	return { value: significance, error: error / density };
}
