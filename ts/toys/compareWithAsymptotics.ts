import { OptionError } from "../errors.js";
import type { HypotestResult } from "../inference/hypotest.js";
import type { ToyTestResult } from "./toyTest.js";

/** A number that toys estimate beside the one of the asymptotic formulae. */
export interface Comparison {
	/** `undefined` where the toys say nothing of it. */
	readonly toys: number | undefined;
	readonly error: number | undefined;
	readonly asymptotic: number;
	/** By how many of its errors the estimate is larger. */
	readonly sigmas: number | undefined;
}

/** A comparison for each of −2σ, −1σ, median, +1σ, +2σ. */
export type ComparisonBand = readonly [Comparison, Comparison, Comparison, Comparison, Comparison];

/** A test by toys beside the same test with the asymptotic formulae. */
export interface AsymptoticComparison {
	readonly cls: Comparison;
	readonly clsb: Comparison;
	readonly clb: Comparison;
	/** CLs expected from background alone. */
	readonly expected: ComparisonBand;
}

/**
 * How far a test by toys is from the asymptotic one, in the errors that the number of toys leaves.
 *
 * @throws OptionError `other-test` where they test different things.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hypotest, uncorrelatedBackground } from "histfactory";
 * import { compareWithAsymptotics, toyTest } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 * const result = await toyTest(1, data, model, { workers: 0 });
 * const { cls } = compareWithAsymptotics(result, hypotest(1, data, model));
 * assert.ok(Math.abs(cls.sigmas!) < 4);
 * ```
 */
export function compareWithAsymptotics(result: ToyTestResult, asymptotic: HypotestResult): AsymptoticComparison {
	if (result.mu !== asymptotic.mu || result.testStatistic !== asymptotic.testStatistic) {
		throw new OptionError(
			"other-test",
			`the toys test ${result.mu} with ${result.testStatistic}, the formulae ${asymptotic.mu} with ` +
				`${asymptotic.testStatistic}; compare tests of the same value and statistic`,
			"asymptotic",
		);
	}
	const expected = result.expected.map((value, i) => compare(value, result.expectedError[i], asymptotic.expected[i]!));
	return Object.freeze({
		cls: compare(result.cls, result.clsError, asymptotic.cls),
		clsb: compare(result.clsb, result.clsbError, asymptotic.clsb),
		clb: compare(result.clb, result.clbError, asymptotic.clb),
		expected: Object.freeze(expected) as unknown as ComparisonBand,
	});
}

function compare(toys: number | undefined, error: number | undefined, asymptotic: number): Comparison {
	const known = toys !== undefined && error !== undefined && error > 0;
	return Object.freeze({ toys, error, asymptotic, sigmas: known ? (toys - asymptotic) / error : undefined });
}
