import { OptionError } from "../errors.js";
import { checkData } from "../model/checkVectors.js";
import { coreOf, type Model, type SampleRates } from "../model/model.js";
import type { FitResult } from "./fit.js";

/** One channel: what was observed, what the model expects, how uncertain that is. Arrays have one entry per bin. */
export interface ChannelDistribution {
	readonly name: string;
	/** Observed counts. */
	readonly observed: Float64Array<ArrayBuffer>;
	/** Expected rates by sample, sorted by name. */
	readonly samples: readonly SampleRates[];
	/** Their sum. */
	readonly total: Float64Array<ArrayBuffer>;
	/** Standard deviation of `total` from the parameters' covariance, to first order. */
	readonly uncertainty: Float64Array<ArrayBuffer>;
	/** Sum of `total`. */
	readonly yield: number;
	/** Standard deviation of `yield`, correlations between bins included. */
	readonly yieldUncertainty: number;
}

/** Observed and expected distributions of every channel, before or after a fit. */
export interface Distributions {
	readonly kind: "prefit" | "postfit";
	readonly channels: readonly ChannelDistribution[];
}

/**
 * Observed and expected distributions of every channel.
 *
 * Without `result`, before the fit: parameters at their start values, uncertainties those of the constraint terms alone,
 * uncorrelated (free parameters have none). With it, after the fit: its parameters and its covariance.
 *
 * @throws DataError, OptionError for vectors that do not fit the model.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { distributions, fit, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 * const [before] = distributions(data, model).channels;
 * assert.deepEqual([...before!.total], [62, 63]);
 * assert.ok(Math.abs(before!.uncertainty[1]! - 7) < 1e-12);
 * const [after] = distributions(data, model, fit(data, model)).channels;
 * assert.ok(Math.abs(after!.yield - 121.068055) < 1e-6);
 * ```
 */
export function distributions(data: ArrayLike<number>, model: Model, result?: FitResult): Distributions {
	const counts = checkData(data, model);
	if (result !== undefined && !sameNames(result.parameterNames, model.parameterNames)) {
		throw new OptionError("foreign-fit", "the fit is not one of this model: its parameters have other names", "result");
	}
	const parameters = result?.parameters ?? model.init;
	const fixed = Uint8Array.from(model.fixed, Number);
	const uncertainties = coreOf(model).call((core) =>
		core.rateUncertainties(parameters, result?.covariance ?? core.constraintCovariance(fixed)),
	);
	const channels = model.expectedByChannel(parameters).map((rates, c) => {
		const { firstBin, bins } = model.channels[c]!;
		return Object.freeze({
			...rates,
			observed: counts.slice(firstBin, firstBin + bins),
			uncertainty: Float64Array.from(uncertainties.subarray(firstBin, firstBin + bins)),
			yield: rates.total.reduce((sum, rate) => sum + rate, 0),
			yieldUncertainty: uncertainties[model.bins + c]!,
		});
	});
	return Object.freeze({ kind: result === undefined ? "prefit" : "postfit", channels: Object.freeze(channels) });
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
	return left === right || (left.length === right.length && left.every((name, i) => name === right[i]));
}
