import type { ToyDistribution } from "../toys/toyDistribution.js";

/** Fractions of toys in bins of equal width from 0 on. */
export interface ToyHistogram {
	readonly width: number;
	/** One for each bin. */
	readonly fractions: readonly number[];
}

/** Fractions of the toys that converged, each with its weight, in bins up to `end`. */
export function toyHistogram({ statistics, weights }: ToyDistribution, end: number, bins: number): ToyHistogram {
	const width = end / bins;
	const fractions = Array<number>(bins).fill(0);
	for (let i = 0; i < statistics.length; i++) {
		const bin = Math.floor(statistics[i]! / width);
		if (bin < bins) fractions[bin]! += (weights?.[i] ?? 1) / statistics.length;
	}
	return { width, fractions };
}

/** A corner of an outline, in the units of the axes. */
export type Corner = readonly [number, number];

/** The outlines of the runs of bins that hold something, each from the floor up and back to it, and only beyond `from`. */
export function stepOutlines({ width, fractions }: ToyHistogram, floor: number, from = 0): Corner[][] {
	const outlines: Corner[][] = [];
	let end = Number.NaN;
	fractions.forEach((fraction, bin) => {
		const [left, right] = [Math.max(from, bin * width), (bin + 1) * width];
		if (right <= from || fraction < floor || fraction === 0) return;
		if (left === end) outlines.at(-1)!.pop();
		else outlines.push([[left, floor]]);
		outlines.at(-1)!.push([left, fraction], [right, fraction], [right, floor]);
		end = right;
	});
	return outlines;
}
