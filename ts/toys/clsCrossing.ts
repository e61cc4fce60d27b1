import { logarithm } from "./coreNumbers.js";
import type { Estimate } from "./estimate.js";

/** CLs at one value of the parameter of interest. */
export interface ClsPoint extends Estimate {
	readonly mu: number;
}

/** Where CLs falls through the level: between two points, above all, or below all. */
export type Crossing = readonly [ClsPoint, ClsPoint] | "above" | "below";

/** The last time that CLs, at points in ascending μ, falls through the level. */
export function crossingOf(points: readonly ClsPoint[], level: number): Crossing {
	for (let i = points.length - 1; i > 0; i--) {
		const [before, after] = [points[i - 1]!, points[i]!];
		if (before.value >= level && after.value < level) return [before, after];
	}
	return points.some(({ value }) => value >= level) ? "above" : "below";
}

/**
 * The value of μ between two points where CLs is the level, by linear interpolation of ln CLs, with its error: that of CLs
 * over the slope of CLs. Where no toy is as extreme at the second point, CLs itself is interpolated.
 */
export function interpolate([before, after]: readonly [ClsPoint, ClsPoint], level: number): Estimate {
	const scale = after.value > 0 ? logarithm : (cls: number) => cls;
	const [high, low] = [scale(before.value), scale(after.value)];
	const t = (high - scale(level)) / (high - low);
	const relative = ({ value, error }: ClsPoint) => (after.value > 0 ? error / value : error);
	const error = (1 - t) * relative(before) + t * relative(after);
	const width = after.mu - before.mu;
	return { value: before.mu + t * width, error: (error * width) / (high - low) };
}
