import { loadCore } from "../core/core.js";
import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import type { TestStatistic } from "./hypotest.js";
import { type EvaluatedTest, HypothesisTests } from "./hypothesisTests.js";
import { findRoot, type Sample } from "./root.js";
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
	/** Every point that was tested. */
	readonly scan: ScanResult;
}

/** Error of a limit over its size. */
const RELATIVE_ERROR = 1e-8;

/** The observed limit (−1) and the expected ones (0 … 4). */
const LIMITS = [-1, 0, 1, 2, 3, 4] as const;

/**
 * Upper limits on the parameter of interest, observed and expected: the values where CLs is the level, by root finding.
 *
 * The range is that of the parameter's bounds, from 0 up; it is never left, and where CLs does not cross the level
 * inside it, the result says so. Roots are those of ln CLs, so that a level far in the tail is found as well.
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
	const tests = new HypothesisTests(data, model, options);
	try {
		for (;;) {
			const revision = tests.revision;
			const search = new LimitSearch(tests, level, options);
			const limits = LIMITS.map((which) => search.solve(which));
			if (tests.revision === revision) return resultOf(tests.poi, level, "root", limits, search.points());
		}
	} finally {
		tests.free();
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
	return resultOf(scan.poi, level, "linear", limits, scan);
}

/** A limit, or why there is none. */
type Solution = number | Exclude<LimitStatus, "found">;

/**
 * The search for the limits of one data set, which share the points they test.
 *
 * Observed: where ln CLs is that of the level. Expected: where √q_A, nearly a straight line in μ, is the value that the
 * level asks for. Both functions are positive where μ is allowed.
 */
class LimitSearch {
	readonly #tests: HypothesisTests;
	readonly #options: ScanOptions;
	readonly #lnLevel: number;
	readonly #asimovRoots: Float64Array;
	readonly #evaluated = new Map<number, EvaluatedTest>();

	constructor(tests: HypothesisTests, level: number, options: ScanOptions) {
		this.#tests = tests;
		this.#options = options;
		const core = loadCore();
		this.#lnLevel = core.call((glue) => glue.naturalLogarithm(level));
		this.#asimovRoots = core.call((glue) => glue.asimovRootsAt(level));
	}

	/** The root in the first interval upwards in which the sign changes. */
	solve(which: (typeof LIMITS)[number]): Solution {
		const distance = (mu: number) => this.#distance(which, this.#test(mu));
		const [lower, upper] = this.#tests.bounds;
		const start = Math.max(lower, 0);
		let allowed: Sample = { x: start, f: distance(start) };
		if (allowed.f < 0) return "below-range";
		// Upwards through what is tested already, then on, never past the bound.
		const known = [...this.#evaluated.keys()].filter((mu) => mu > start).sort((a, b) => a - b);
		for (let next = known.shift() ?? Math.min(start + 1, upper); ; ) {
			const tested: Sample = { x: next, f: distance(next) };
			if (tested.f < 0) return findRoot(distance, allowed, tested, RELATIVE_ERROR).x;
			if (next >= upper) return "above-range";
			const before = allowed;
			allowed = tested;
			next = known.shift() ?? Math.min(beyond(before, tested, start), upper);
		}
	}

	/** Every point tested so far, in ascending order. */
	points(): ScanResult {
		const points = [...this.#evaluated.values()].map(({ result }) => result).sort((a, b) => a.mu - b.mu);
		const { poi, testStatistic } = this.#tests;
		return Object.freeze({ poi, testStatistic, points: Object.freeze(points) });
	}

	#distance(which: (typeof LIMITS)[number], { result, lnCls }: EvaluatedTest): number {
		if (which < 0) return lnCls - this.#lnLevel;
		return this.#asimovRoots[which]! - Math.sqrt(result.statisticAsimov);
	}

	#test(mu: number): EvaluatedTest {
		const known = this.#evaluated.get(mu);
		if (known !== undefined) return known;
		this.#options.signal?.throwIfAborted();
		const test = this.#tests.test(mu);
		this.#evaluated.set(mu, test);
		this.#options.onProgress?.(this.#evaluated.size, undefined);
		return test;
	}
}

/** A little beyond where two falling points lead to zero, at least half as far again and at most ten times as far. */
function beyond(before: Sample, last: Sample, start: number): number {
	const slope = (last.f - before.f) / (last.x - before.x);
	const lead = slope < 0 ? 1.05 * (-last.f / slope) : Number.POSITIVE_INFINITY;
	const reach = last.x - start;
	return last.x + Math.min(Math.max(lead, 0.5 * reach), 9 * reach);
}

function resultOf(
	poi: string,
	level: number,
	method: "root" | "linear",
	solutions: readonly Solution[],
	scan: ScanResult,
): UpperLimitResult {
	const [observed, ...expected] = solutions.map((solution) => (typeof solution === "number" ? solution : undefined));
	const [observedStatus, ...expectedStatus] = solutions.map((solution) =>
		typeof solution === "number" ? "found" : solution,
	);
	return Object.freeze({
		poi,
		level,
		method,
		observed,
		expected: Object.freeze(expected) as unknown as LimitBand,
		status: Object.freeze({
			observed: observedStatus!,
			expected: Object.freeze(expectedStatus) as unknown as UpperLimitResult["status"]["expected"],
		}),
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
