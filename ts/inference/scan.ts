import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import type { HypotestOptions, HypotestResult, TestStatistic } from "./hypotest.js";
import { HypothesisTests } from "./hypothesisTests.js";

/** How to scan: the options of a test, and how to follow or stop long work. */
export interface ScanOptions extends HypotestOptions {
	/** Stops between two points by throwing the signal's reason. */
	readonly signal?: AbortSignal;
	/** Called after each point with how many are done, and of how many where that is known. */
	readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** Hypothesis tests at several values of the parameter of interest. */
export interface ScanResult {
	/** Name of the parameter of interest. */
	readonly poi: string;
	readonly testStatistic: TestStatistic;
	/** In ascending μ. */
	readonly points: readonly HypotestResult[];
}

/**
 * Tests several values of the parameter of interest on one data set.
 *
 * The free fit and the Asimov data are made once. A point has the same answer, to the last bit, as `hypotest` of its
 * value, whatever else is in the scan; where it shows that the free fit was not at the lowest minimum, all points are
 * tested again with the lower one.
 *
 * @param mus - Values to test, in any order, within the bounds of the parameter of interest.
 * @throws As `hypotest`; OptionError `no-points`; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scan, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const { points } = scan([0, 0.5, 1, 1.5], workspace.data(model), model);
 * assert.ok(points.every(({ cls }, i) => i === 0 || cls < points[i - 1]!.cls));
 * ```
 */
export function scan(
	mus: ArrayLike<number>,
	data: ArrayLike<number>,
	model: Model,
	options: ScanOptions = {},
): ScanResult {
	if (mus.length === 0) throw new OptionError("no-points", "give at least one value to test", "mus");
	const ascending = Array.from(mus).sort((a, b) => a - b);
	const tests = new HypothesisTests(data, model, options);
	try {
		let points: HypotestResult[];
		let revision: number;
		do {
			revision = tests.revision;
			points = [];
			for (const mu of ascending) {
				options.signal?.throwIfAborted();
				points.push(tests.test(mu));
				options.onProgress?.(points.length, ascending.length);
			}
		} while (tests.revision !== revision);
		return Object.freeze({ poi: tests.poi, testStatistic: tests.testStatistic, points: Object.freeze(points) });
	} finally {
		tests.free();
	}
}
