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

/** The outlines of the runs of bins that hold something, each from the floor up and back to it. */
export function stepOutlines({ width, fractions }: ToyHistogram, floor: number): Corner[][] {
	const outlines: Corner[][] = [];
	let outline: Corner[] | undefined;
	fractions.forEach((fraction, bin) => {
		if (fraction < floor || fraction === 0) {
			outline?.push([bin * width, floor]);
			outline = undefined;
			return;
		}
		if (outline === undefined) {
			outline = [[bin * width, floor]];
			outlines.push(outline);
		}
		outline.push([bin * width, fraction], [(bin + 1) * width, fraction]);
	});
	outline?.push([fractions.length * width, floor]);
	return outlines;
}

/** What of an outline lies from `from` on, which may cut a bin. */
export function outlineFrom(outline: readonly Corner[], from: number, floor: number): Corner[] {
	const rest = outline.filter(([x]) => x > from);
	if (rest.length === 0) return [];
	const first = outline.length - rest.length;
	if (first === 0) return [...rest];
	const height = rest[0]![1];
	const inside = outline[first - 1]![1] === height ? height : outline[first - 1]![1];
	return [[from, floor], [from, inside], ...rest];
}
