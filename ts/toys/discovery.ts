import { testSetup } from "../inference/hypothesisTests.js";
import { setupOf } from "../inference/setup.js";
import type { Model } from "../model/model.js";
import { ConditionalFits } from "./conditionalFits.js";
import { makeToys } from "./makeToys.js";
import { significanceOf } from "./significance.js";
import { type Sampled, samplesOf, type ToyDistribution } from "./toyDistribution.js";
import { ToyError } from "./toyError.js";
import { type AuxiliaryData, type RunOptions, type ToyOptions, toySetup } from "./toyOptions.js";
import { shardDigest, type ToyShard } from "./toyShard.js";
import { ensembleBase, generatingPoints, sealStudy, type ToyStudy } from "./toyStudy.js";

/** How to make toys of the background for a discovery: as for a test; the statistic is q0. */
export interface DiscoveryPlanOptions extends Omit<ToyOptions, "testStatistic" | "points"> {
	/**
	 * At how many values of the parameter of interest toys are generated, from 0 to its best fit. By default one for every
	 * two standard deviations of the excess and one more; 1 for plain toys.
	 */
	readonly points?: number;
}

/** How to find the p-value of the background by toys. */
export interface DiscoveryOptions extends DiscoveryPlanOptions, RunOptions {}

/** The p-value of the background by toys. */
export interface DiscoveryResult {
	/** Label of the parameter of interest. */
	readonly poi: string;
	/** q0 of the data. */
	readonly statistic: number;
	/** The probability of a q0 at least as large in experiments with background alone. */
	readonly pValue: number;
	/** Its standard error. Where no toy is as extreme, what one toy of the largest weight would have changed. */
	readonly pValueError: number;
	/** Φ⁻¹(1 − p); `undefined` where no toy, or every toy, is as extreme as the data. */
	readonly significance: number | undefined;
	readonly significanceError: number | undefined;
	/**
	 * How many toys of equal weight in the tail would say as much: (Σw)²/Σw² over the toys there. Below ten or so the error
	 * is not to be trusted either.
	 */
	readonly effectiveToys: number;
	/** The toys, with the values of the parameter of interest at which they were generated. */
	readonly background: ToyDistribution;
	readonly seed: number;
	readonly auxiliary: AuxiliaryData;
	/** Whether all toys of the study are there. */
	readonly complete: boolean;
	/** Digest of the study. */
	readonly study: string;
	/** Digest of what all toys gave. */
	readonly digest: string;
}

/** Most generating points that are taken unasked: for twenty standard deviations and more. */
const MOST_POINTS = 11;

/**
 * The toy study of a discovery: toys at background alone, or weighted back to it from between background and best fit.
 *
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws As `planToyTest`.
 */
export function planDiscovery(data: ArrayLike<number>, model: Model, options: DiscoveryPlanOptions = {}): ToyStudy {
	const toys = toySetup(options);
	// Tests of an upper limit, too, need the value 0 and no other.
	const { poi } = testSetup(data, model, { ...options, testStatistic: "qtilde" });
	const fits = new ConditionalFits(data, model, options, poi);
	const background = fits.at(0);
	const { parameters, twiceNll } = fits.free;
	const muHat = parameters[model.poiIndex!]!;
	const excess = muHat > 0 ? Math.sqrt(Math.max(0, model.twiceNll(background, data) - twiceNll)) : 0;
	const wanted = toys.points ?? Math.min(MOST_POINTS, toys.toys, excess < 1 ? 1 : 1 + Math.ceil(excess / 2));
	const points = generatingPoints(fits, 0, muHat, muHat > 0 ? wanted : 1);
	const statistic = { kind: "q0", poi: model.poiIndex!, mu: 0, conditional: background } as const;
	return sealStudy(model, data, {
		kind: "discovery",
		ensembles: [{ ...ensembleBase(data, model, setupOf(model, options), toys), statistic, stream: 0, points }],
		toys: [toys.toys],
		poi,
		mu: 0,
		testStatistic: "q0",
		seed: toys.seed,
		auxiliary: toys.auxiliary,
	});
}

/**
 * The p-value of the background and its significance by toys, with importance sampling: toys are generated at several
 * values of the parameter of interest, from 0 to its best fit, with the nuisance parameters at their conditional best fit
 * to the data, and weighted back to 0. Five standard deviations take no more toys than two.
 *
 * Weights: the balance heuristic (Veach and Guibas, SIGGRAPH 1995), no larger than the number of points.
 *
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws As `planToyTest`; ToyError `no-toys`; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Workspace } from "histfactory";
 * import { toyDiscovery } from "histfactory/toys";
 *
 * // 90 counts where 50 are expected: the tail of the Poisson distribution is 2.29·10⁻⁷, 5.04 standard deviations.
 * const workspace = Workspace.parse({
 * 	channels: [
 * 		{
 * 			name: "SR",
 * 			samples: [
 * 				{ name: "signal", data: [5], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
 * 				{ name: "background", data: [50], modifiers: [] },
 * 			],
 * 		},
 * 	],
 * 	observations: [{ name: "SR", data: [90] }],
 * 	measurements: [{ name: "main", config: { poi: "mu", parameters: [] } }],
 * 	version: "1.0.0",
 * });
 * const model = workspace.model();
 * const result = await toyDiscovery(workspace.data(model), model, { toys: 4000, seed: 1, workers: 0 });
 * assert.ok(Math.abs(result.pValue - 2.293e-7) < 4 * result.pValueError);
 * assert.ok(result.significanceError! < 0.02);
 * ```
 */
export async function toyDiscovery(
	data: ArrayLike<number>,
	model: Model,
	options: DiscoveryOptions = {},
): Promise<DiscoveryResult> {
	const study = planDiscovery(data, model, options);
	const shard = await makeToys(study, options);
	options.signal?.throwIfAborted();
	return discoveryResult(study, shard);
}

/**
 * The result of a discovery study from the toys that there are.
 *
 * @throws ToyError `not-a-discovery`, `other-study`, `bad-piece`; `no-toys` where a generating point has none.
 */
export function discoveryResult(study: ToyStudy, shard: ToyShard): DiscoveryResult {
	if (study.kind !== "discovery") {
		throw new ToyError("not-a-discovery", `this study is for ${study.kind}, not for a discovery`, "study");
	}
	const [{ distribution, sample }] = samplesOf(study, shard) as readonly [Sampled];
	const p = sample.tail(study.observed);
	const significance = significanceOf(p);
	return Object.freeze({
		poi: study.poi,
		statistic: study.observed,
		pValue: p.value,
		pValueError: p.error,
		significance: significance?.value,
		significanceError: significance?.error,
		effectiveToys: sample.effectiveToys(study.observed),
		background: distribution,
		seed: study.seed,
		auxiliary: study.auxiliary,
		complete: distribution.toys === study.toys[0],
		study: study.digest,
		digest: shardDigest(shard),
	});
}
