import type { Model } from "../model/model.js";
import type { FitOptions } from "./fit.js";
import { HypothesisTests } from "./hypothesisTests.js";

/** Test statistics with an asymptotic p-value: discovery q₀, upper limits q_μ and q̃_μ (arXiv:1007.1727). */
export type TestStatistic = "q0" | "q" | "qtilde";

/** Five values for a background-only experiment at −2σ, −1σ, median, +1σ, +2σ. */
export type Band = readonly [number, number, number, number, number];

/** How to test; the options of a fit hold for every fit of the test. */
export interface HypotestOptions extends FitOptions {
	/**
	 * `"qtilde"` by default. Its definition presumes a parameter of interest ≥ 0; with another lower bound that bound
	 * takes its place, as in pyhf.
	 */
	readonly testStatistic?: TestStatistic;
}

/** One tested value of the parameter of interest. */
export interface HypotestResult {
	/** The tested value. */
	readonly mu: number;
	readonly testStatistic: TestStatistic;
	/** CLs+b / CLb. For `q0`, where CLs has no meaning, the p-value of the background (`clsb`), as pyhf returns. */
	readonly cls: number;
	/** p-value of the tested value (of the background for `q0`). */
	readonly clsb: number;
	/** p-value of the background (of μ = 1 for `q0`). */
	readonly clb: number;
	/** Natural logarithm of `cls`, finite where that underflows. */
	readonly lnCls: number;
	/** `cls` expected from background alone (for `q0`, with a signal of μ = 1), ascending. */
	readonly expected: Band;
	/** `clsb` expected likewise. */
	readonly expectedClsb: Band;
	/** `clb` expected likewise. */
	readonly expectedClb: Band;
	/** Natural logarithms of `expected`. */
	readonly expectedLnCls: Band;
	/** The test statistic on the data. */
	readonly statistic: number;
	/** The test statistic on the Asimov data. */
	readonly statisticAsimov: number;
	/** Best fit of the parameter of interest. */
	readonly muHat: number;
}

/**
 * Tests one value of the parameter of interest with the asymptotic formulae (Cowan, Cranmer, Gross, Vitells,
 * arXiv:1007.1727) and CLs (Read, J. Phys. G 28 (2002) 2693).
 *
 * The Asimov data are made at μ = 0 (1 for `q0`) with the nuisance parameters at their conditional best fit to the
 * data, as in pyhf. Where neither data nor Asimov data tell μ from the best fit, CLs is 1.
 *
 * @param mu - The tested value, within the bounds of the parameter of interest; 0 for `q0`.
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws FitError where a fit does not converge; ModelError `no-poi`, `poi-fixed`, `asimov-outside-bounds`; DataError,
 * OptionError for bad input.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hypotest, uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const test = hypotest(1, workspace.data(model), model);
 * assert.ok(Math.abs(test.cls - 0.0525155) < 1e-6);
 * assert.ok(Math.abs(test.expected[2] - 0.0644552) < 1e-6);
 * ```
 */
export function hypotest(
	mu: number,
	data: ArrayLike<number>,
	model: Model,
	options: HypotestOptions = {},
): HypotestResult {
	const tests = new HypothesisTests(data, model, options);
	try {
		return tests.test(mu);
	} finally {
		tests.free();
	}
}
