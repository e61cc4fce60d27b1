import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import { ProfileLikelihood, type ProfileOptions } from "./profileLikelihood.js";

/** A value of the profiled parameter. */
export interface ProfilePoint {
	readonly value: number;
	/** How far the profile of −2 ln L lies above its minimum, ≥ 0. */
	readonly deltaTwiceNll: number;
	/** All parameters: the others at their conditional best fit. */
	readonly parameters: Float64Array<ArrayBuffer>;
}

/** The profile of −2 ln L in one parameter. */
export interface ProfileResult {
	readonly parameter: string;
	/** Best fit of the parameter. */
	readonly bestFit: number;
	/** In ascending order of their values. */
	readonly points: readonly ProfilePoint[];
	/** −2 ln L at the minimum, all constants included. */
	readonly twiceNll: number;
	/** Whether that is a lower minimum than the one that the free fit finds from its usual start. */
	readonly lowerMinimum: boolean;
}

/**
 * The profile of −2 ln L in one parameter: its minimum over all the others, at given values.
 *
 * Each point is fitted from the model's start values and from the best fit, and the lower minimum is taken; so it has the
 * same answer, to the last bit, whatever other values are asked for. Where a point lies below the free minimum, that one
 * is found anew from there, all points are relative to it, and `lowerMinimum` is true.
 *
 * @param parameter - Label (`mu`, `staterror_SR[3]`).
 * @param values - In any order, within the bounds of the parameter.
 * @throws FitError where a fit does not converge; OptionError `unknown-parameter`, `several-parameters`,
 * `fixed-parameter`, `no-points`, `outside-bounds`; DataError, OptionError for bad input; the reason of `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { profile, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const { points, bestFit } = profile("mu", [0, 0.5, 1, 1.5], workspace.data(model), model);
 * assert.ok(Math.abs(bestFit - 0.850773) < 1e-6);
 * assert.ok(Math.abs(points[0]!.deltaTwiceNll - 2.458132) < 1e-6);
 * ```
 */
export function profile(
	parameter: string,
	values: ArrayLike<number>,
	data: ArrayLike<number>,
	model: Model,
	options: ProfileOptions = {},
): ProfileResult {
	if (values.length === 0) throw new OptionError("no-points", "give at least one value", "values");
	const likelihood = new ProfileLikelihood(data, model, options);
	try {
		const index = likelihood.parameter(parameter, "parameter");
		const [lower, upper] = likelihood.bounds[index]!;
		const ascending = Array.from(values).sort((a, b) => a - b);
		const outside = ascending.find((value) => !(value >= lower && value <= upper && Number.isFinite(value)));
		if (outside !== undefined) {
			const advice = `widen them with { bounds: { ${JSON.stringify(parameter)}: [lower, upper] } }`;
			const message = `${parameter} = ${outside} lies outside the bounds ${lower} to ${upper}; ${advice}`;
			throw new OptionError("outside-bounds", message, "values");
		}
		for (;;) {
			const { revision, best } = likelihood;
			const bestFit = best.parameters[index]!;
			// From the best fit outwards: where the free fit has missed a lower minimum, it is most often near.
			const points: ProfilePoint[] = [];
			for (const value of [...ascending].sort((a, b) => Math.abs(a - bestFit) - Math.abs(b - bestFit))) {
				options.signal?.throwIfAborted();
				points.push(Object.freeze({ value, ...likelihood.point(index, value) }));
				options.onProgress?.(points.length, ascending.length);
				if (likelihood.revision !== revision) break;
			}
			if (likelihood.revision !== revision) continue;
			return Object.freeze({
				parameter: model.parameterNames[index]!,
				bestFit,
				points: Object.freeze(points.sort((a, b) => a.value - b.value)),
				twiceNll: best.twiceNll,
				lowerMinimum: revision > 0,
			});
		}
	} finally {
		likelihood.free();
	}
}
