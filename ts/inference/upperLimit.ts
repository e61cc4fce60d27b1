import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import type { TestStatistic } from "./hypotest.js";
import { LimitSearch } from "./limitSearch.js";
import type { ScanOptions, ScanResult } from "./scan.js";

/** How to find limits: the options of a scan, and the level. `q0`, which tests the background, has no limits. */
export interface UpperLimitOptions extends ScanOptions {
	readonly testStatistic?: "q" | "qtilde";
	/** 1 − confidence level; 0.05 by default. */
	readonly level?: number;
}

/**
 * Whether CLs crosses the level in the range: `"above-range"` means that no value in it is excluded (a limit, if any,
 * lies above), `"below-range"` that every value is.
 */
export type LimitStatus = "found" | "above-range" | "below-range";

/** A limit for a background-only experiment at −2σ, −1σ, median, +1σ, +2σ; `undefined` where it was not found. */
export type LimitBand = readonly [
	number | undefined,
	number | undefined,
	number | undefined,
	number | undefined,
	number | undefined,
];

/** Observed and expected upper limits on the parameter of interest. */
export interface UpperLimitResult {
	/** Name of the parameter of interest. */
	readonly poi: string;
	/** 1 − confidence level. */
	readonly level: number;
	/** `"root"`: CLs = level solved for; `"linear"`: interpolated between the points of a scan. */
	readonly method: "root" | "linear";
	/** The observed limit; `undefined` where CLs does not cross the level in the range. */
	readonly observed: number | undefined;
	/** The expected limits, likewise. */
	readonly expected: LimitBand;
	/** Why a limit is or is not there. */
	readonly status: {
		readonly observed: LimitStatus;
		readonly expected: readonly [LimitStatus, LimitStatus, LimitStatus, LimitStatus, LimitStatus];
	};
	/** Lowest and highest value that a limit could have had. */
	readonly range: readonly [number, number];
	/** Constrained fits that the search took; 0 for a scan's limits. */
	readonly fits: number;
	/**
	 * The points that were tested on the data. A search for roots needs few, near the observed limit: draw a limit with a
	 * scan of its own, `renderBrazilBand({ ...limit, scan: scan(mus, data, model) })`.
	 */
	readonly scan: ScanResult;
}

/** The observed limit (−1) and the expected ones (0 … 4). */
const LIMITS = [-1, 0, 1, 2, 3, 4] as const;

/**
 * Upper limits on the parameter of interest, observed and expected: the values where CLs is the level, by root finding.
 *
 * The range is that of the parameter's bounds, from 0 up; it is never left, and where CLs does not cross the level
 * inside it, the result says so. Roots are those of ln CLs, so that a level far in the tail is found as well. The six
 * limits take ten to twenty constrained fits: expected ones need fits to the Asimov data alone, and every fit also
 * gives the slope of its statistic.
 *
 * @throws As `hypotest`; OptionError `bad-level`, `no-limit`; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground, upperLimit } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const limit = upperLimit(workspace.data(model), model);
 * assert.ok(Math.abs(limit.observed! - 1.0115719) < 1e-6);
 * assert.ok(Math.abs(limit.expected[2]! - 1.0623550) < 1e-6);
 * ```
 */
export function upperLimit(data: ArrayLike<number>, model: Model, options: UpperLimitOptions = {}): UpperLimitResult {
	const level = checkLevel(options.level);
	refuseDiscovery(options.testStatistic, "options.testStatistic");
	const search = new LimitSearch(data, model, options, level);
	try {
		do options.signal?.throwIfAborted();
		while (!search.step(options.onProgress));
		return search.result();
	} finally {
		search.free();
	}
}

/**
 * Upper limits by linear interpolation of CLs between the points of a finished scan, as pyhf's `upper_limit` with a scan.
 *
 * A limit is where CLs falls through the level for the last time. Its error is that of the interpolation: use
 * `upperLimit` unless you need the numbers that a scan gives.
 *
 * @throws OptionError `bad-level`, `no-limit`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scan, uncorrelatedBackground, upperLimitFromScan } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const mus = Array.from({ length: 11 }, (_, i) => i / 2);
 * const limit = upperLimitFromScan(scan(mus, workspace.data(model), model));
 * assert.ok(Math.abs(limit.observed! - 1.02627) < 1e-5);
 * ```
 */
export function upperLimitFromScan(scan: ScanResult, options: { readonly level?: number } = {}): UpperLimitResult {
	const level = checkLevel(options.level);
	refuseDiscovery(scan.testStatistic, "scan.testStatistic");
	const limits = LIMITS.map((which) => {
		const values = scan.points.map((point) => (which < 0 ? point.cls : point.expected[which as 0]));
		for (let i = values.length - 1; i > 0; i--) {
			const [before, after] = [values[i - 1]!, values[i]!];
			if (before >= level && after < level) {
				const [low, high] = [scan.points[i - 1]!.mu, scan.points[i]!.mu];
				return low + ((high - low) * (before - level)) / (before - after);
			}
		}
		return values.some((value) => value >= level) ? "above-range" : "below-range";
	});
	const [first, last] = [scan.points[0]!.mu, scan.points.at(-1)!.mu];
	return limitResult(level, "linear", limits, [first, last], 0, scan);
}

/** A limit, or why there is none. */
export type Solution = number | Exclude<LimitStatus, "found">;

/** The record of the observed limit and the expected ones, in this order. */
export function limitResult(
	level: number,
	method: "root" | "linear",
	solutions: readonly Solution[],
	range: readonly [number, number],
	fits: number,
	scan: ScanResult,
): UpperLimitResult {
	const [observed, ...expected] = solutions.map((solution) => (typeof solution === "number" ? solution : undefined));
	const [observedStatus, ...expectedStatus] = solutions.map((solution) =>
		typeof solution === "number" ? "found" : solution,
	);
	return Object.freeze({
		poi: scan.poi,
		level,
		method,
		observed,
		expected: Object.freeze(expected) as unknown as LimitBand,
		status: Object.freeze({
			observed: observedStatus!,
			expected: Object.freeze(expectedStatus) as unknown as UpperLimitResult["status"]["expected"],
		}),
		range: Object.freeze(range),
		fits,
		scan,
	});
}

function refuseDiscovery(statistic: TestStatistic | undefined, path: string): void {
	if (statistic !== "q0") return;
	throw new OptionError("no-limit", "q0 tests the background and has no limits; use qtilde or q", path);
}

function checkLevel(level = 0.05): number {
	if (level > 0 && level < 1) return level;
	throw new OptionError("bad-level", `expected a number between 0 and 1, found ${level}`, "options.level");
}
