import { type LimitBand, type LimitStatus, upperLimit } from "../inference/upperLimit.js";
import type { Model } from "../model/model.js";
import { Digest } from "./digest.js";
import { ToyLimitSearch, type ToyLimitSolution } from "./toyLimitSearch.js";
import { type AuxiliaryData, type RunOptions, type ToyOptions, toySetup } from "./toyOptions.js";
import type { ToyTestResult } from "./toyTest.js";

/** How to find limits with toys. */
export interface ToyLimitOptions extends Omit<ToyOptions, "testStatistic">, RunOptions {
	readonly testStatistic?: "q" | "qtilde";
	/** 1 − confidence level; 0.05 by default. */
	readonly level?: number;
	/** Toys of each hypothesis at each value next to a limit, 2000 by default; a quarter of it elsewhere. */
	readonly toys?: number;
	/**
	 * At how many points the toys of the tested hypothesis are generated, from the tested value to 0; 4 by default, which
	 * makes errors half as large as with plain toys or smaller.
	 */
	readonly points?: number;
}

/** Tests by toys at several values of the parameter of interest. */
export interface ToyScanResult {
	/** Label of the parameter of interest. */
	readonly poi: string;
	readonly testStatistic: "q" | "qtilde";
	/** In ascending μ. Those away from the limits have fewer toys. */
	readonly points: readonly ToyTestResult[];
}

/** Upper limits on the parameter of interest by toys, observed and expected; fields mean what they do in `UpperLimitResult`. */
export interface ToyLimitResult {
	/** Label of the parameter of interest. */
	readonly poi: string;
	/** 1 − confidence level. */
	readonly level: number;
	/** `undefined` where CLs does not cross the level in the range. */
	readonly observed: number | undefined;
	/** Its standard error: that of CLs there over the slope of CLs. */
	readonly observedError: number | undefined;
	readonly expected: LimitBand;
	readonly expectedError: LimitBand;
	readonly status: {
		readonly observed: LimitStatus;
		readonly expected: readonly [LimitStatus, LimitStatus, LimitStatus, LimitStatus, LimitStatus];
	};
	/** Lowest and highest value that a limit could have had. */
	readonly range: readonly [number, number];
	/** Every value that was tested. */
	readonly scan: ToyScanResult;
	/** All toys that were made. */
	readonly toys: number;
	readonly seed: number;
	readonly auxiliary: AuxiliaryData;
	/** SHA-256 over the digests of all tests in order. */
	readonly digest: string;
}

const DEFAULT_POINTS = 4;

/**
 * Upper limits by toys: the values where CLs, observed and expected from background alone, is the level, each with its
 * error.
 *
 * The search begins at the asymptotic limits. It tests a few values with a share of the toys, and puts the others next to
 * either side of each limit, where ln CLs is interpolated. All values have the same random numbers.
 *
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws As `upperLimit` and `planToyTest`; ToyError `no-toys`; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground, upperLimit } from "histfactory";
 * import { toyLimit } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 * const limit = await toyLimit(data, model, { toys: 1000, workers: 0 });
 * assert.ok(Math.abs(limit.observed! - upperLimit(data, model).observed!) < 4 * limit.observedError!);
 * assert.ok(limit.observedError! < 0.05);
 * ```
 */
export async function toyLimit(
	data: ArrayLike<number>,
	model: Model,
	options: ToyLimitOptions = {},
): Promise<ToyLimitResult> {
	const { level, onProgress, ...others } = options;
	const { seed, auxiliary, toys, points } = toySetup(options);
	const asymptotic = upperLimit(data, model, { ...others, ...(level === undefined ? {} : { level }) });
	const { poi, range } = asymptotic;
	const begin = [asymptotic.observed, ...asymptotic.expected].map((limit, i) => {
		const status = i === 0 ? asymptotic.status.observed : asymptotic.status.expected[i - 1];
		return limit ?? (status === "above-range" ? range[1] : range[0]);
	});
	const searchOptions = { ...options, toys, points: points ?? Math.min(DEFAULT_POINTS, toys) };
	const search = new ToyLimitSearch(data, model, searchOptions, asymptotic.level, range);
	const [observed, ...expected] = (await search.run(begin)) as [ToyLimitSolution, ...ToyLimitSolution[]];
	const tests = search.tests;
	const digest = new Digest();
	for (const test of tests) digest.word(test.digest);
	const band = <T>(values: readonly T[]) => Object.freeze(values) as unknown as readonly [T, T, T, T, T];
	return Object.freeze({
		poi,
		level: asymptotic.level,
		observed: limitOf(observed),
		observedError: errorOf(observed),
		expected: band(expected.map(limitOf)),
		expectedError: band(expected.map(errorOf)),
		status: Object.freeze({ observed: statusOf(observed), expected: band(expected.map(statusOf)) }),
		range,
		scan: Object.freeze({
			poi,
			testStatistic: asymptotic.scan.testStatistic as "q" | "qtilde",
			points: Object.freeze(tests),
		}),
		toys: tests.reduce((sum, { tested, alternative }) => sum + tested.toys + alternative.toys, 0),
		seed,
		auxiliary,
		digest: digest.hex(),
	});
}

const limitOf = (solution: ToyLimitSolution) => (typeof solution === "string" ? undefined : solution.value);
const errorOf = (solution: ToyLimitSolution) => (typeof solution === "string" ? undefined : solution.error);
const statusOf = (solution: ToyLimitSolution): LimitStatus => (typeof solution === "string" ? solution : "found");
