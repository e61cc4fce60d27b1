import { type FitOptions, fit } from "../inference/fit.js";
import { setupOf } from "../inference/setup.js";
import type { Model } from "../model/model.js";
import { chiSquareSurvival } from "./coreNumbers.js";
import { degreesOfFreedom } from "./degreesOfFreedom.js";
import { makeToys } from "./makeToys.js";
import { type Sampled, samplesOf, type ToyDistribution } from "./toyDistribution.js";
import { ToyError } from "./toyError.js";
import { type AuxiliaryData, type RunOptions, type ToyOptions, toySetup } from "./toyOptions.js";
import { shardDigest, type ToyShard } from "./toyShard.js";
import { ensembleBase, sealStudy, type ToyStudy } from "./toyStudy.js";

/** How to make toys for a goodness of fit; the options of a fit hold for every fit. */
export interface GoodnessOfFitPlanOptions extends FitOptions, Omit<ToyOptions, "testStatistic" | "points"> {}

/** How to find a goodness of fit by toys. */
export interface GoodnessOfFitOptions extends GoodnessOfFitPlanOptions, RunOptions {}

/** How well a model describes data. */
export interface GoodnessOfFitResult {
	/**
	 * −2 ln of the likelihood at its best fit over that of the saturated model, which expects what was observed (Baker and
	 * Cousins, Nucl. Instrum. Meth. 221 (1984) 437), constraints included.
	 */
	readonly deviance: number;
	/** Bins and constraints less free parameters, each where it counts. */
	readonly degreesOfFreedom: number;
	/** The probability of a deviance at least as large, from toys of the best fit. */
	readonly pValue: number;
	/** √(p(1 − p)/n); 1/(n + 1) where no toy or every toy is as bad. */
	readonly pValueError: number;
	/**
	 * The same for χ² with these degrees of freedom, which the deviance approaches for large counts away from bounds;
	 * `undefined` where there are none.
	 */
	readonly chiSquarePValue: number | undefined;
	/** The toys of the best fit. */
	readonly bestFit: ToyDistribution;
	readonly seed: number;
	readonly auxiliary: AuxiliaryData;
	/** Whether all toys of the study are there. */
	readonly complete: boolean;
	/** Digest of the study. */
	readonly study: string;
	/** Digest of what all toys gave. */
	readonly digest: string;
}

/**
 * The toy study of a goodness of fit: toys at the best fit to the data, the deviance of each at its own best fit.
 *
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws FitError where the fit to the data does not converge; DataError, OptionError.
 */
export function planGoodnessOfFit(
	data: ArrayLike<number>,
	model: Model,
	options: GoodnessOfFitPlanOptions = {},
): ToyStudy {
	const toys = toySetup(options);
	const points = [fit(data, model, options).parameters];
	const base = ensembleBase(data, model, setupOf(model, options), toys);
	return sealStudy(model, data, {
		kind: "goodness-of-fit",
		ensembles: [{ ...base, statistic: { kind: "deviance" }, stream: 0, points }],
		toys: [toys.toys],
		poi: "",
		mu: 0,
		testStatistic: "deviance",
		seed: toys.seed,
		auxiliary: toys.auxiliary,
	});
}

/**
 * How well the model describes the data: the p-value of its deviance, by toys of the best fit and from χ².
 *
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws As `planGoodnessOfFit`; ToyError `no-toys`; OptionError `bad-workers`; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { goodnessOfFit } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11, 4],
 * 	background: [50, 52, 60],
 * 	backgroundUncertainty: [3, 7, 5],
 * 	observed: [51, 68, 55],
 * });
 * const model = workspace.model();
 * const result = await goodnessOfFit(workspace.data(model), model, { toys: 2000, workers: 0 });
 * assert.equal(result.degreesOfFreedom, 2);
 * assert.ok(Math.abs(result.pValue - result.chiSquarePValue!) < 0.04);
 * ```
 */
export async function goodnessOfFit(
	data: ArrayLike<number>,
	model: Model,
	options: GoodnessOfFitOptions = {},
): Promise<GoodnessOfFitResult> {
	const study = planGoodnessOfFit(data, model, options);
	const shard = await makeToys(study, options);
	options.signal?.throwIfAborted();
	return goodnessOfFitResult(study, shard);
}

/**
 * The goodness of fit from the toys that there are.
 *
 * @throws ToyError `not-a-goodness-of-fit`, `other-study`, `bad-piece`, `no-toys`.
 */
export function goodnessOfFitResult(study: ToyStudy, shard: ToyShard): GoodnessOfFitResult {
	if (study.kind !== "goodness-of-fit") {
		const message = `this study is for ${study.kind}, not for a goodness of fit`;
		throw new ToyError("not-a-goodness-of-fit", message, "study");
	}
	const [{ distribution, sample }] = samplesOf(study, shard) as readonly [Sampled];
	const p = sample.tail(study.observed);
	const degrees = degreesOfFreedom(study.model, study.ensembles[0]!);
	return Object.freeze({
		deviance: study.observed,
		degreesOfFreedom: degrees,
		pValue: p.value,
		pValueError: p.error,
		chiSquarePValue: degrees > 0 ? chiSquareSurvival(study.observed, degrees) : undefined,
		bestFit: distribution,
		seed: study.seed,
		auxiliary: study.auxiliary,
		complete: distribution.toys === study.toys[0],
		study: study.digest,
		digest: shardDigest(shard),
	});
}
