import type { ScanResult, UpperLimitResult } from "../index.js";

/** Tests values of the parameter of interest. */
type Test = (mus: readonly number[]) => ScanResult;

const POINTS_OF_A_CURVE = 60;

/** A grid over the range to a little above the largest limit, as fine as a curve needs it. */
export function curvePoints(result: UpperLimitResult): readonly number[] {
	const limits = [result.observed, ...result.expected].filter((limit) => limit !== undefined);
	const end = limits.length > 0 ? 1.1 * Math.max(...limits) : Number.POSITIVE_INFINITY;
	const [first, last] = result.range;
	const step = (Math.min(end, last) - first) / POINTS_OF_A_CURVE;
	return Array.from({ length: POINTS_OF_A_CURVE + 1 }, (_, i) => first + i * step);
}

/** A scan with the best fit among its points where it lies between them: observed CLs has a corner there. */
export function withBestFit(scan: ScanResult, test: Test): ScanResult {
	const [first, last] = [scan.points[0], scan.points.at(-1)];
	if (first === undefined || last === undefined) return scan;
	const { muHat } = first;
	const isInside = first.mu < muHat && muHat < last.mu;
	if (!isInside || scan.points.some(({ mu }) => mu === muHat)) return scan;
	return { ...scan, points: [...scan.points, ...test([muHat]).points] };
}
