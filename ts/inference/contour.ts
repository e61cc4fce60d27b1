import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import { confidenceOf } from "./confidence.js";
import { type EndStatus, ProfileLikelihood, type ProfileOptions } from "./profileLikelihood.js";

/** How to find a contour: the options of a fit, the level, and how to follow or stop long work. */
export interface ContourOptions extends ProfileOptions {
	/** Confidence level, such as 0.95; that of one standard deviation of one parameter, 0.6827, by default. */
	readonly confidenceLevel?: number;
}

/** A point of a contour. */
export interface ContourPoint {
	/** The two parameters. */
	readonly values: readonly [number, number];
	/** `"found"`: on the curve; `"bound"`: where the region ends at a bound; `"domain"`: where −2 ln L ends. */
	readonly status: EndStatus;
}

/** A contour of the profile of −2 ln L in two parameters. */
export interface ContourResult {
	/** Labels of the two parameters. */
	readonly parameters: readonly [string, string];
	readonly confidenceLevel: number;
	/** How far the profile of −2 ln L lies above its minimum on the contour: 2.30 for 0.6827, 5.99 for 0.95. */
	readonly deltaTwiceNll: number;
	/** Best fit of the two. */
	readonly bestFit: readonly [number, number];
	/** The corners of a polygon, in its order. */
	readonly points: readonly ContourPoint[];
	/** −2 ln L at the minimum, all constants included. */
	readonly twiceNll: number;
	/** Whether that is a lower minimum than the one that the free fit finds from its usual start. */
	readonly lowerMinimum: boolean;
}

/**
 * The contour of two parameters on which the profile of −2 ln L lies above its minimum by the quantile of χ² with two
 * degrees of freedom.
 *
 * Points are found on half lines from the best fit, 32 or as many as it takes for the polygon to come within half a per
 * cent of the curve. Each is fitted from the model's start values and from the best fit as well. Where a parameter
 * reaches its bound first, the point lies on the bound and is marked. Parts of the region that cannot be reached from the
 * best fit in a straight line inside it are not found.
 *
 * @param first - Label of the parameter to the right.
 * @param second - Label of the parameter upwards.
 * @throws FitError where a fit does not converge; OptionError `unknown-parameter`, `several-parameters`,
 * `fixed-parameter`, `same-parameter`, `bad-confidence-level`; DataError, OptionError for bad input; the reason of
 * `signal`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contour, signalPlusBackground } from "histfactory";
 *
 * const workspace = signalPlusBackground({
 * 	signal: [2, 11, 4],
 * 	background: [60, 58, 55],
 * 	backgroundUncertainty: [7, 7, 6],
 * 	observed: [52, 62, 51],
 * 	floatingBackground: true,
 * });
 * const model = workspace.model();
 * const { points, bestFit } = contour("mu", "bkgnorm", workspace.data(model), model, { confidenceLevel: 0.95 });
 * assert.ok(points.length >= 32 && Math.abs(bestFit[0] - 1.27759) < 1e-5);
 * assert.ok(points.some(({ values, status }) => status === "bound" && values[0] === 0));
 * assert.ok(Math.abs(Math.max(...points.map(({ values }) => values[1])) - 1.1992) < 1e-4);
 * ```
 */
export function contour(
	first: string,
	second: string,
	data: ArrayLike<number>,
	model: Model,
	options: ContourOptions = {},
): ContourResult {
	const { confidenceLevel, deltaTwiceNll } = confidenceOf(options.confidenceLevel, 2);
	const profile = new ProfileLikelihood(data, model, options);
	try {
		const [x, y] = [profile.parameter(first, "first"), profile.parameter(second, "second")];
		if (x === y) throw new OptionError("same-parameter", "a contour takes two different parameters", "second");
		profile.beginContour(x, y, deltaTwiceNll);
		for (let done = 0; ; ) {
			options.signal?.throwIfAborted();
			if (profile.advanceContour()) break;
			options.onProgress?.(++done, undefined);
		}
		const { best, revision } = profile;
		return Object.freeze({
			parameters: Object.freeze([model.parameterNames[x]!, model.parameterNames[y]!] as const),
			confidenceLevel,
			deltaTwiceNll,
			bestFit: Object.freeze([best.parameters[x]!, best.parameters[y]!] as const),
			points: Object.freeze(profile.contourPoints()),
			twiceNll: best.twiceNll,
			lowerMinimum: revision > 0,
		});
	} finally {
		profile.free();
	}
}
