import { loadCore } from "../core/core.js";
import { checkData } from "../model/checkVectors.js";
import { coreOf, type Model } from "../model/model.js";
import { fitError } from "./fitStatus.js";
import { setupOf } from "./setup.js";

/**
 * What kept a parameter from moving: a bound beyond which −2 ln L falls further, or a kink of the interpolation at 0
 * (codes 0 and 1) from which it rises to either side. `undefined`: nothing.
 */
export type BoundSide = "lower" | "upper" | "kink" | undefined;

/** How to fit. The maps go by parameter label (`mu`, `staterror_SR[3]`) or, for all of a set, by its name. */
export interface FitOptions {
	/** A number fixes at that value, `true` at the start value; `false` frees what the model fixes. */
	readonly fixed?: Readonly<Record<string, number | boolean>>;
	/** Other bounds than the model's. */
	readonly bounds?: Readonly<Record<string, readonly [number, number]>>;
	/** Other start values than the model's. */
	readonly init?: Readonly<Record<string, number>>;
	/** Iterations after which a fit is given up; 200 by default. */
	readonly maxIterations?: number;
	/**
	 * Starts of every fit, 1 by default: the usual one, and others around it, the same each time, that look for lower
	 * minima. `FitResult.minima` says what they found.
	 */
	readonly starts?: number;
}

/** A converged fit. Arrays have one entry per parameter, in the order of `parameterNames`. */
export interface FitResult {
	readonly parameterNames: readonly string[];
	/** Best-fit values. */
	readonly parameters: Float64Array<ArrayBuffer>;
	/**
	 * Standard deviations from the Hessian of the parameters that are free: 0 where one is fixed or held at a bound,
	 * Infinity where data and constraints leave it undetermined.
	 */
	readonly uncertainties: Float64Array<ArrayBuffer>;
	/** Correlations, row-major; 0 in rows and columns of parameters that are fixed or held. Formed when first asked for. */
	readonly correlation: Float64Array<ArrayBuffer>;
	/** The covariance as the core keeps it, smaller than the matrix; for functions that take a `FitResult`. */
	readonly covariance: Float64Array<ArrayBuffer>;
	/** Which parameters were fixed. */
	readonly fixed: readonly boolean[];
	/** Which parameters were held, and by what. */
	readonly atBound: readonly BoundSide[];
	/** −2 ln L at the minimum, all constants included, as pyhf's `twice_nll`. */
	readonly twiceNll: number;
	/** Estimated vertical distance to the minimum in units of −2 ln L: ½ gᵀH⁻¹g (MINUIT's EDM). */
	readonly edm: number;
	/** The largest slope of a free parameter, |∂(−2 ln L)/∂θ| over the root of its own second derivative. */
	readonly gradient: number;
	/**
	 * The signs of the Hessian over the free parameters: all positive, or some zero to rounding. Then data and constraints
	 * leave a direction undetermined, and `flat` names the parameters that it moves.
	 */
	readonly curvature: "positive" | "flat";
	/** Labels of the parameters that flat directions move: those with an infinite uncertainty. */
	readonly flat: readonly string[];
	/** Main bins without counts whose rate ends at 0: −2 ln L falls up to there. */
	readonly emptyRates: readonly number[];
	/** −2 ln L at every different minimum that the starts led to, ascending. */
	readonly minima: readonly number[];
	/** Whether another start led lower than the usual one. */
	readonly improved: boolean;
	readonly status: "converged";
	readonly iterations: number;
}

const HELD: readonly BoundSide[] = [undefined, undefined, "lower", "upper", "kink"];

/**
 * The maximum-likelihood fit of a model to data, with the covariance of its free parameters.
 *
 * Minimises −2 ln L by Newton's method within the bounds, with the exact Hessian, to machine precision.
 *
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws FitError where no minimum was reached, with the reason as its code; DataError, OptionError for bad input.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fit, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 *
 * const best = fit(data, model);
 * const mu = best.parameterNames.indexOf("mu");
 * assert.ok(Math.abs(best.parameters[mu]! - 0.850773) < 1e-6);
 * const background = fit(data, model, { fixed: { mu: 0 } });
 * assert.ok(background.twiceNll > best.twiceNll);
 * ```
 */
export function fit(data: ArrayLike<number>, model: Model, options: FitOptions = {}): FitResult {
	const counts = checkData(data, model);
	const { start, lower, upper, fixed, maxIterations, starts } = setupOf(model, options);
	const values = Float64Array.of(...start, ...lower, ...upper);
	const answer = coreOf(model).call((core) => core.fit(counts, values, fixed, maxIterations, starts));
	if (answer[0] !== 0) throw fitError(answer[0]!, "fit");
	const [iterations, twiceNll, edm, gradient, improved, minima, walls] = answer.subarray(1) as unknown as readonly [
		number,
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const size = model.parameterNames.length;
	const first = 8 + minima + walls;
	const column = (i: number) => Float64Array.from(answer.subarray(first + i * size, first + (i + 1) * size));
	const uncertainties = column(1);
	const flat = model.parameterNames.filter((_, i) => uncertainties[i] === Number.POSITIVE_INFINITY);
	const covariance = Float64Array.from(answer.subarray(first + 3 * size));
	let correlation: Float64Array<ArrayBuffer> | undefined;
	return Object.freeze({
		parameterNames: model.parameterNames,
		parameters: column(0),
		uncertainties,
		covariance,
		get correlation() {
			correlation ??= Float64Array.from(loadCore().call((glue) => glue.correlation(covariance)));
			return correlation;
		},
		fixed: Object.freeze(Array.from(fixed, Boolean)),
		atBound: Object.freeze(Array.from(column(2), (held) => HELD[held])),
		twiceNll,
		edm,
		gradient,
		curvature: flat.length === 0 ? "positive" : "flat",
		flat: Object.freeze(flat),
		emptyRates: Object.freeze([...answer.subarray(8 + minima, first)]),
		minima: Object.freeze([...answer.subarray(8, 8 + minima)]),
		improved: improved === 1,
		status: "converged",
		iterations,
	});
}
