import type { Band, TestStatistic } from "../inference/hypotest.js";
import type { Model } from "../model/model.js";
import { quotient } from "./estimate.js";
import { expectedBands, valuesAndErrors } from "./expectedBands.js";
import { makeToysUntil } from "./makeToys.js";
import { type Sampled, samplesOf, type ToyDistribution } from "./toyDistribution.js";
import { ToyError } from "./toyError.js";
import type { AuxiliaryData, RunOptions, ToyOptions } from "./toyOptions.js";
import { shardDigest, type ToyShard } from "./toyShard.js";
import { planToyTest, type ToyStudy } from "./toyStudy.js";
import { checkUntil, isKnown, type Until } from "./until.js";

/** How to test with toys. */
export interface ToyTestOptions extends ToyOptions, RunOptions {
	/** Stops the study when CLs is known well enough; `toys` is then the most there may be. */
	readonly until?: Until;
}

/**
 * A hypothesis test by toys. Fields mean what they do in `HypotestResult`; each number that toys estimate has its standard
 * error.
 */
export interface ToyTestResult {
	/** Label of the parameter of interest. */
	readonly poi: string;
	/** The tested value. */
	readonly mu: number;
	readonly testStatistic: TestStatistic;
	/** The test statistic on the data. */
	readonly statistic: number;
	/**
	 * CLs+b / CLb; for `q0` the p-value of the background (`clsb`), as pyhf returns. `undefined` where no background toy is
	 * as extreme as the data: more toys are needed to say anything.
	 */
	readonly cls: number | undefined;
	/** Errors of both probabilities propagated. */
	readonly clsError: number | undefined;
	/** Fraction of the toys of the tested value (of the background for `q0`) that are at least as extreme as the data. */
	readonly clsb: number;
	/** √(p(1 − p)/n); 1/(n + 1) where no toy or every toy is as extreme. */
	readonly clsbError: number;
	/** The same fraction of the toys of the background (of μ = 1 for `q0`). */
	readonly clb: number;
	readonly clbError: number;
	/** `cls` of the background toys (for `q0`, of those with μ = 1): percentiles as in pyhf, ascending. */
	readonly expected: Band;
	/** From order statistics and the errors of the probabilities. */
	readonly expectedError: Band;
	/** `clsb` likewise. */
	readonly expectedClsb: Band;
	readonly expectedClsbError: Band;
	/** `clb` likewise. */
	readonly expectedClb: Band;
	readonly expectedClbError: Band;
	/** The toys of the tested value. */
	readonly tested: ToyDistribution;
	/** The toys that it is tested against: of the background (of μ = 1 for `q0`). */
	readonly alternative: ToyDistribution;
	readonly seed: number;
	readonly auxiliary: AuxiliaryData;
	/** Whether all toys of the study are there. */
	readonly complete: boolean;
	/** Digest of the study. */
	readonly study: string;
	/** Digest of what all toys gave: the same for the same toys to the last bit. */
	readonly digest: string;
}

/**
 * Tests one value of the parameter of interest with toys.
 *
 * For each hypothesis, toys are made with the nuisance parameters at their conditional best fit to the data, auxiliary data
 * included, and each is fitted as the data are. The result does not depend on the number of workers.
 *
 * @param mu - The tested value, within the bounds of the parameter of interest; 0 for `q0`.
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws As `planToyTest`; ToyError `no-toys`; OptionError `bad-until`, `bad-workers`; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hypotest, uncorrelatedBackground } from "histfactory";
 * import { toyTest } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 * const { cls, clsError } = await toyTest(1, data, model, { toys: 2000, seed: 1, workers: 0 });
 * assert.ok(Math.abs(cls! - hypotest(1, data, model).cls) < 4 * clsError!);
 * ```
 */
export async function toyTest(
	mu: number,
	data: ArrayLike<number>,
	model: Model,
	options: ToyTestOptions = {},
): Promise<ToyTestResult> {
	const { until } = options;
	if (until !== undefined) checkUntil(until);
	const study = planToyTest(mu, data, model, options);
	const enough = until === undefined ? undefined : (shard: ToyShard) => isClsKnown(study, shard, until);
	const shard = await makeToysUntil(study, enough, options);
	options.signal?.throwIfAborted();
	return toyTestResult(study, shard);
}

/**
 * The result of a test from the toys that there are, be it all of the study's or fewer.
 *
 * @throws ToyError `not-a-test`, `other-study`, `bad-piece`; `no-toys` where a hypothesis has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { makeToys, planToyTest, toyTestResult } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const study = planToyTest(1, workspace.data(model), model, { toys: 1000 });
 * const ranges = [0, 1].map((ensemble) => ({ ensemble, first: 0, count: 300 }));
 * const result = toyTestResult(study, await makeToys(study, { ranges, workers: 0 }));
 * assert.deepEqual([result.complete, result.tested.toys, result.tested.counts.converged], [false, 300, 300]);
 * ```
 */
export function toyTestResult(study: ToyStudy, shard: ToyShard): ToyTestResult {
	const { poi, mu, testStatistic, observed, seed, auxiliary } = study;
	if (study.kind !== "test" || testStatistic === "deviance") {
		throw new ToyError("not-a-test", `this study is for ${study.kind}, not for a test`, "study");
	}
	const { cls, clsb, clb, samples } = probabilities(study, shard);
	const bands = expectedBands(samples[0].sample, samples[1].sample);
	const [tested, alternative] = [samples[0].distribution, samples[1].distribution];
	const discovery = testStatistic === "q0";
	const [expected, expectedError] = valuesAndErrors(discovery ? bands.clsb : bands.cls);
	const [expectedClsb, expectedClsbError] = valuesAndErrors(bands.clsb);
	const [expectedClb, expectedClbError] = valuesAndErrors(bands.clb);
	return Object.freeze({
		poi,
		mu,
		testStatistic,
		statistic: observed,
		cls: cls?.value,
		clsError: cls?.error,
		clsb: clsb.value,
		clsbError: clsb.error,
		clb: clb.value,
		clbError: clb.error,
		expected,
		expectedError,
		expectedClsb,
		expectedClsbError,
		expectedClb,
		expectedClbError,
		tested,
		alternative,
		seed,
		auxiliary,
		complete: tested.toys === study.toys[0] && alternative.toys === study.toys[1],
		study: study.digest,
		digest: shardDigest(shard),
	});
}

/** Whether the toys of a shard tell CLs well enough. */
export function isClsKnown(study: ToyStudy, shard: ToyShard, until: Until): boolean {
	return isKnown(probabilities(study, shard).cls, until);
}

/** The p-values of the data, and the toys they come from. */
function probabilities(study: ToyStudy, shard: ToyShard) {
	const samples = samplesOf(study, shard) as readonly [Sampled, Sampled];
	const [clsb, clb] = [samples[0].sample.tail(study.observed), samples[1].sample.tail(study.observed)];
	const cls = study.testStatistic === "q0" ? clsb : quotient(clsb, clb);
	return { cls, clsb, clb, samples };
}
