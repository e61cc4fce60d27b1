import { ModelError, OptionError } from "../errors.js";
import { checkData } from "../model/checkVectors.js";
import { coreOf, type Model } from "../model/model.js";
import { type Nominal, nominalOf } from "../model/nominal.js";
import type { FitResult } from "./fit.js";
import { indicesOf } from "./setup.js";

/** On which parameter impacts are. */
export interface ImpactOptions {
	/** Label of the parameter; the model's parameter of interest by default. */
	readonly poi?: string;
}

/** What a fit says of one nuisance parameter by itself. */
export interface Pull {
	readonly parameter: string;
	readonly bestFit: number;
	/** Standard deviation after the fit. */
	readonly uncertainty: number;
	/** (best fit − nominal value)/(uncertainty of its constraint); `undefined` where nothing constrains it. */
	readonly pull: number | undefined;
	/** Uncertainty after the fit over that of its constraint; `undefined` likewise. */
	readonly constraint: number | undefined;
}

/** What a nuisance parameter does to the parameter of interest, to first order, each with its sign. */
export interface Impact extends Pull {
	/** How far the parameter of interest moves with this one by its uncertainty after the fit. */
	readonly postfit: number;
	/** The same for its uncertainty before the fit; `undefined` where nothing constrains it. */
	readonly prefit: number | undefined;
	/**
	 * How far the parameter of interest moves when the auxiliary measurement goes up by its standard deviation: the
	 * component of the uncertainty that is owed to it. `undefined` where there is none.
	 */
	readonly global: number | undefined;
}

/** What the parameter of interest owes to the others. */
export interface ImpactsResult {
	readonly poi: string;
	readonly bestFit: number;
	readonly uncertainty: number;
	/** Component of the uncertainty that is owed to the main counts. */
	readonly statistical: number;
	/** Component that is owed to all auxiliary measurements: the root of the sum of the squared `global` impacts. */
	readonly systematic: number;
	/** By the size of the post-fit impact, the largest first. */
	readonly ranking: readonly Impact[];
	/** Parameters without impact: those that the fit holds, fixed or at a bound, or leaves undetermined. */
	readonly leftOut: readonly string[];
}

/**
 * Impacts of the nuisance parameters on a parameter of interest, pulls and constraints, from the covariance of a fit.
 *
 * With C the covariance: post-fit impact C_μk/√C_kk, pre-fit C_μk σ_k/C_kk with σ_k the uncertainty of the constraint,
 * global C_μk/σ_k for a Gaussian constraint. The first two say how far the best fit of μ follows when parameter k is
 * moved, and do not add up to anything; the global ones and the statistical one are components of the uncertainty, whose
 * squares add up to its square where the rates are linear in the parameters (Pinto et al., arXiv:2307.04007).
 *
 * @param data - The data that were fitted.
 * @param result - The fit of this model to them.
 * @throws ModelError `no-poi`, `no-uncertainty`; OptionError `foreign-fit`, `unknown-parameter`, `several-parameters`;
 * DataError.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fit, impacts, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 * const { ranking, statistical, systematic, uncertainty } = impacts(data, model, fit(data, model));
 * assert.deepEqual(
 * 	ranking.map(({ parameter }) => parameter),
 * 	["uncorr_bkguncrt[1]", "uncorr_bkguncrt[0]"],
 * );
 * assert.ok(Math.abs(Math.hypot(statistical, systematic) / uncertainty - 1) < 1e-2);
 * ```
 */
export function impacts(
	data: ArrayLike<number>,
	model: Model,
	result: FitResult,
	options: ImpactOptions = {},
): ImpactsResult {
	const counts = checkData(data, model);
	const { parameterNames, parameters, uncertainties, covariance, twiceNll } = result;
	const names = model.parameterNames;
	const ours = parameterNames.length === names.length && parameterNames.every((name, i) => name === names[i]);
	const value = ours ? model.twiceNll(parameters, counts) : Number.NaN;
	if (!(Math.abs(value - twiceNll) <= 1e-9 * (1 + Math.abs(twiceNll)))) {
		throw new OptionError("foreign-fit", "this is not a fit of this model to these data", "result");
	}
	const poi = poiIndexOf(model, options.poi);
	const uncertainty = uncertainties[poi]!;
	if (!isDetermined(uncertainty)) throw noUncertainty(names[poi]!);
	const answer = coreOf(model).call((core) => core.impacts(counts, parameters, covariance, poi));
	const size = names.length;
	const ranking: Impact[] = [];
	const leftOut: string[] = [];
	for (const { index, nominal } of nuisanceParameters(model, poi)) {
		const deviation = uncertainties[index]!;
		if (!isDetermined(deviation)) {
			leftOut.push(names[index]!);
			continue;
		}
		const postfit = answer[1 + index]! / deviation;
		const constrained = nominal !== undefined;
		ranking.push(
			Object.freeze({
				...pullOf(names[index]!, parameters[index]!, deviation, nominal),
				postfit,
				prefit: constrained ? (postfit * nominal.uncertainty) / deviation : undefined,
				global: constrained ? answer[1 + size + index]! : undefined,
			}),
		);
	}
	const squares = ranking.reduce((sum, { global = 0 }) => sum + global * global, 0);
	return Object.freeze({
		poi: names[poi]!,
		bestFit: parameters[poi]!,
		uncertainty,
		statistical: answer[0]!,
		systematic: Math.sqrt(squares),
		ranking: Object.freeze(ranking.sort((a, b) => Math.abs(b.postfit) - Math.abs(a.postfit))),
		leftOut: Object.freeze(leftOut),
	});
}

/**
 * The index of the parameter of interest, or of another that takes its place.
 *
 * @throws ModelError `no-poi`; OptionError `unknown-parameter`, `several-parameters`.
 */
export function poiIndexOf(model: Model, name: string | undefined): number {
	if (name !== undefined) {
		const [index = 0, ...more] = indicesOf(name, model, "options.poi");
		if (more.length === 0) return index;
		throw new OptionError("several-parameters", `${name} stands for several parameters; name one`, "options.poi");
	}
	if (model.poiIndex !== undefined) return model.poiIndex;
	throw new ModelError("no-poi", "the model has no parameter of interest; name a parameter in options.poi");
}

/** All parameters but one, with what their constraints say. */
export function nuisanceParameters(
	model: Model,
	poi: number,
): readonly { readonly index: number; readonly nominal: Nominal | undefined }[] {
	const all = model.parameterSets.flatMap((set) =>
		Array.from({ length: set.size }, (_, i) => ({ index: set.first + i, nominal: nominalOf(set, i) })),
	);
	return all.filter(({ index }) => index !== poi);
}

/** A parameter's pull and constraint. */
export function pullOf(parameter: string, bestFit: number, uncertainty: number, nominal: Nominal | undefined): Pull {
	const pull = nominal === undefined ? undefined : (bestFit - nominal.value) / nominal.uncertainty;
	const constraint = nominal === undefined ? undefined : uncertainty / nominal.uncertainty;
	return { parameter, bestFit, uncertainty, pull, constraint };
}

/** Whether a fit has an uncertainty of a parameter to give. */
export function isDetermined(uncertainty: number): boolean {
	return uncertainty > 0 && Number.isFinite(uncertainty);
}

/** The error for a parameter of interest that the fit holds or leaves undetermined. */
export function noUncertainty(poi: string): ModelError {
	return new ModelError(
		"no-uncertainty",
		`the fit has no uncertainty of ${poi}: it is fixed, held by a bound or undetermined, so there is nothing to have ` +
			`an impact on; free it, or give it wider bounds with { bounds: { ${JSON.stringify(poi)}: [lower, upper] } }`,
	);
}
