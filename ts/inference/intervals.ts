import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import { confidenceOf } from "./confidence.js";
import { ProfileLikelihood, type ProfileOptions, type Region } from "./profileLikelihood.js";

/** How to find intervals: the options of a fit, the level, and how to follow or stop long work. */
export interface IntervalOptions extends ProfileOptions {
	/** Confidence level, such as 0.95; one standard deviation, 0.6827, by default. */
	readonly confidenceLevel?: number;
	/**
	 * Values between the bounds at which to look for regions apart from the interval; 0 by default, and 41 where a fit
	 * has come upon a lower minimum than the free one.
	 */
	readonly searchPoints?: number;
}

/** The values of a parameter around its best fit that the profile of −2 ln L does not exclude. */
export interface Interval extends Region {
	readonly parameter: string;
	/** Best fit; `lower` and `upper` lie on either side of it. */
	readonly bestFit: number;
	/** Regions that the profile does not exclude either, apart from this one, ascending; those that were looked for. */
	readonly others: readonly Region[];
}

/** Intervals of some parameters, all relative to one minimum. */
export interface IntervalsResult {
	readonly confidenceLevel: number;
	/** How far the profile of −2 ln L lies above its minimum at an end: 1 for one standard deviation. */
	readonly deltaTwiceNll: number;
	/** In the order asked for; those of a set in the order of the model. */
	readonly intervals: readonly Interval[];
	/** −2 ln L at the minimum, all constants included. */
	readonly twiceNll: number;
	/** The parameters there. */
	readonly parameters: Float64Array<ArrayBuffer>;
	/** Whether that is a lower minimum than the one that the free fit finds from its usual start. */
	readonly lowerMinimum: boolean;
	/** At how many values regions apart were looked for. */
	readonly searchPoints: number;
}

const SEARCH_POINTS = 41;

/**
 * Confidence intervals from the profile of −2 ln L (MINOS): the two points at which it has risen by the quantile of χ²
 * with one degree of freedom.
 *
 * Ends are found by Newton's method on the root of the rise, to 10⁻⁸ of their distance from the best fit. Each is
 * fitted from the model's start values and from the best fit as well, and the lowest minimum counts. An end is the bound
 * of the parameter where the profile has not risen enough before, and its status says so. The interval is connected; other
 * regions are looked for with `searchPoints`. Where a fit comes out lower than the free one, all intervals are found anew
 * from there, and `lowerMinimum` is true.
 *
 * @param parameters - Labels (`mu`, `staterror_SR[3]`) or names of sets.
 * @throws FitError where a fit does not converge; OptionError `unknown-parameter`, `fixed-parameter`, `no-parameters`,
 * `bad-confidence-level`, `bad-search-points`, `infinite-bounds`; DataError, OptionError for bad input; the reason of
 * `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { intervals, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const [mu] = intervals(["mu"], workspace.data(model), model).intervals;
 * assert.ok(Math.abs(mu!.lower - 0.302393) < 1e-6 && Math.abs(mu!.upper - 1.420206) < 1e-6);
 * ```
 */
export function intervals(
	parameters: readonly string[],
	data: ArrayLike<number>,
	model: Model,
	options: IntervalOptions = {},
): IntervalsResult {
	const { confidenceLevel, deltaTwiceNll } = confidenceOf(options.confidenceLevel, 1);
	const asked = searchPointsOf(options.searchPoints);
	if (parameters.length === 0) throw new OptionError("no-parameters", "give at least one parameter", "parameters");
	const profile = new ProfileLikelihood(data, model, options);
	try {
		const indices = profile.parameters(parameters, "parameters");
		for (;;) {
			const { revision, best } = profile;
			const searchPoints = asked ?? (revision > 0 ? SEARCH_POINTS : 0);
			const found: Interval[] = [];
			for (const index of indices) {
				options.signal?.throwIfAborted();
				const region = profile.interval(index, deltaTwiceNll);
				const others = searchPoints > 0 ? profile.otherRegions(index, deltaTwiceNll, region, searchPoints) : [];
				const [parameter, bestFit] = [model.parameterNames[index]!, best.parameters[index]!];
				found.push(Object.freeze({ parameter, bestFit, ...region, others }));
				options.onProgress?.(found.length, indices.length);
				if (profile.revision !== revision) break;
			}
			if (profile.revision !== revision) continue;
			return Object.freeze({
				confidenceLevel,
				deltaTwiceNll,
				intervals: Object.freeze(found),
				twiceNll: best.twiceNll,
				parameters: best.parameters,
				lowerMinimum: revision > 0,
				searchPoints,
			});
		}
	} finally {
		profile.free();
	}
}

function searchPointsOf(points: number | undefined): number | undefined {
	if (points === undefined || (Number.isInteger(points) && points >= 0 && points < 2 ** 32)) return points;
	throw new OptionError("bad-search-points", `expected a whole number, found ${points}`, "options.searchPoints");
}
