import type { Model } from "../model/model.js";
import {
	type ImpactOptions,
	isDetermined,
	noUncertainty,
	nuisanceParameters,
	type Pull,
	poiIndexOf,
	pullOf,
} from "./impacts.js";
import { ProfileLikelihood, type ProfileOptions } from "./profileLikelihood.js";

/** How to refit: the options of a fit, the parameter of interest, and how to follow or stop long work. */
export interface RefittedImpactOptions extends ProfileOptions, ImpactOptions {}

/** A fit with one nuisance parameter moved. */
export interface MovedFit {
	/** Where the nuisance parameter was held. */
	readonly value: number;
	/** Change of the best fit of the parameter of interest. */
	readonly impact: number;
	/**
	 * Whether a bound stands in the way: of the nuisance parameter, nearer than its uncertainty, or of the parameter of
	 * interest, which would have moved beyond.
	 */
	readonly atBound: boolean;
}

/** Fits with a nuisance parameter moved down and up. */
export interface MovedFits {
	readonly down: MovedFit;
	readonly up: MovedFit;
}

/** What a nuisance parameter does to the parameter of interest, by fits. */
export interface RefittedImpact extends Pull {
	/** Moved by its uncertainty after the fit. */
	readonly postfit: MovedFits;
	/** Moved by that of its constraint; `undefined` where nothing constrains it. */
	readonly prefit: MovedFits | undefined;
}

/** What the parameter of interest owes to the others, by fits. */
export interface RefittedImpactsResult {
	readonly poi: string;
	readonly bestFit: number;
	readonly uncertainty: number;
	/** By the larger one of the two post-fit impacts, the largest first. */
	readonly ranking: readonly RefittedImpact[];
	/** Parameters without impact: those that the fit holds, fixed or at a bound, or leaves undetermined. */
	readonly leftOut: readonly string[];
	/** −2 ln L at the minimum, all constants included. */
	readonly twiceNll: number;
	/** Whether that is a lower minimum than the one that the free fit finds from its usual start. */
	readonly lowerMinimum: boolean;
}

/**
 * Impacts of the nuisance parameters by fits: each is held at its best fit ± its uncertainty, after the fit and before,
 * and all others are fitted again. They show what is not linear or not symmetric; `impacts` has the same to first order,
 * without a single fit.
 *
 * @throws FitError where a fit does not converge; ModelError `no-poi`, `no-uncertainty`; OptionError
 * `unknown-parameter`, `several-parameters`; DataError, OptionError for bad input; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { refittedImpacts, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const [first] = refittedImpacts(workspace.data(model), model).ranking;
 * assert.equal(first!.parameter, "uncorr_bkguncrt[1]");
 * assert.ok(first!.postfit.up.impact < 0 && first!.postfit.down.impact > 0);
 * ```
 */
export function refittedImpacts(
	data: ArrayLike<number>,
	model: Model,
	options: RefittedImpactOptions = {},
): RefittedImpactsResult {
	const poi = poiIndexOf(model, options.poi);
	const names = model.parameterNames;
	const profile = new ProfileLikelihood(data, model, options);
	try {
		for (;;) {
			const { revision, best } = profile;
			const { parameters, uncertainties } = best;
			if (!isDetermined(uncertainties[poi]!)) throw noUncertainty(names[poi]!);
			const all = nuisanceParameters(model, poi);
			const determined = all.filter(({ index }) => isDetermined(uncertainties[index]!));
			const moved = (index: number, by: number): MovedFit => {
				const [lower, upper] = profile.bounds[index]!;
				const value = Math.min(Math.max(parameters[index]! + by, lower), upper);
				const fitted = profile.point(index, value).parameters[poi]!;
				const atBound = value !== parameters[index]! + by || profile.bounds[poi]!.includes(fitted);
				return Object.freeze({ value, impact: fitted - parameters[poi]!, atBound });
			};
			const both = (index: number, by: number): MovedFits =>
				Object.freeze({ down: moved(index, -by), up: moved(index, by) });
			const ranking: RefittedImpact[] = [];
			for (const { index, nominal } of determined) {
				options.signal?.throwIfAborted();
				const uncertainty = uncertainties[index]!;
				ranking.push(
					Object.freeze({
						...pullOf(names[index]!, parameters[index]!, uncertainty, nominal),
						postfit: both(index, uncertainty),
						prefit: nominal === undefined ? undefined : both(index, nominal.uncertainty),
					}),
				);
				options.onProgress?.(ranking.length, determined.length);
				if (profile.revision !== revision) break;
			}
			if (profile.revision !== revision) continue;
			const size = ({ postfit: { down, up } }: RefittedImpact) => Math.max(Math.abs(down.impact), Math.abs(up.impact));
			return Object.freeze({
				poi: names[poi]!,
				bestFit: parameters[poi]!,
				uncertainty: uncertainties[poi]!,
				ranking: Object.freeze(ranking.sort((a, b) => size(b) - size(a))),
				leftOut: Object.freeze(
					all.filter(({ index }) => !isDetermined(uncertainties[index]!)).map(({ index }) => names[index]!),
				),
				twiceNll: best.twiceNll,
				lowerMinimum: revision > 0,
			});
		}
	} finally {
		profile.free();
	}
}
