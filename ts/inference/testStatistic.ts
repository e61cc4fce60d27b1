import { ModelError, OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import { type FitOptions, type FitResult, fit } from "./fit.js";

/** Profile-likelihood test statistics: two-sided t_μ, t̃_μ, discovery q₀, upper limits q_μ, q̃_μ (arXiv:1007.1727). */
export type ProfileStatistic = "t" | "ttilde" | "q0" | "q" | "qtilde";

/** A test statistic and the two fits that it compares. */
export interface TestStatisticResult {
	readonly kind: ProfileStatistic;
	/** The tested value. */
	readonly mu: number;
	/** The statistic, ≥ 0. */
	readonly value: number;
	/** The fit with the parameter of interest at `mu`. */
	readonly constrained: FitResult;
	/** The free fit. */
	readonly free: FitResult;
}

/** A constrained minimum this far below the free one shows that the free fit was not at the lowest minimum. */
const LOWER_MINIMUM = 1e-6;

/**
 * The test statistic of one value of the parameter of interest, with the fits it comes from.
 *
 * t_μ = −2 ln[L(μ, θ̂̂)/L(μ̂, θ̂)] (eq. 8); q₀ is t₀, or 0 for μ̂ < 0 (eq. 12); q_μ is t_μ, or 0 for μ̂ > μ (eq. 14).
 * The tilde forms (eqs. 11, 16) differ only in that μ̂ ≥ 0, which the parameter's lower bound brings about.
 *
 * @param mu - The tested value; 0 for `q0`.
 * @throws FitError where a fit does not converge; ModelError `no-poi`; DataError, OptionError for bad input.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { testStatistic, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const { value, free } = testStatistic("qtilde", 0.5, workspace.data(model), model);
 * assert.ok(free.parameters[0]! > 0.5 && value === 0);
 * ```
 */
export function testStatistic(
	kind: ProfileStatistic,
	mu: number,
	data: ArrayLike<number>,
	model: Model,
	options: FitOptions = {},
): TestStatisticResult {
	const { poi, poiIndex } = model;
	if (poi === undefined || poiIndex === undefined) {
		throw new ModelError("no-poi", "the model has no parameter of interest, so there is nothing to test");
	}
	if (kind === "q0" && mu !== 0) {
		throw new OptionError("q0-not-zero", `q0 tests the background alone, ${poi} = 0, not ${mu}`, "mu");
	}
	const constrained = fit(data, model, { ...options, fixed: { ...options.fixed, [poi]: mu } });
	let free = fit(data, model, options);
	if (constrained.twiceNll < free.twiceNll - LOWER_MINIMUM) {
		const entries = constrained.parameterNames.map((name, i) => [name, constrained.parameters[i]!] as const);
		free = fit(data, model, { ...options, init: Object.fromEntries(entries) });
	}
	const muHat = free.parameters[poiIndex]!;
	const vanishes = kind === "q0" ? muHat < 0 : (kind === "q" || kind === "qtilde") && muHat > mu;
	const value = vanishes ? 0 : Math.max(0, constrained.twiceNll - free.twiceNll);
	return Object.freeze({ kind, mu, value, constrained, free });
}
