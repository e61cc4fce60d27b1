import type { Band } from "../../ts/inference/hypotest.js";
import type { ToyDistribution } from "../../ts/toys/toyDistribution.js";
import type { ToyTestResult } from "../../ts/toys/toyTest.js";

const NONE = { "iteration-limit": 0, stalled: 0, "outside-domain": 0, "edge-of-domain": 0 };

/** Toys with these statistics. */
export function distributionOf(
	mu: number,
	statistics: readonly number[],
	others: Partial<ToyDistribution> = {},
): ToyDistribution {
	return {
		mu,
		generatedAt: [mu],
		toys: statistics.length,
		counts: { converged: statistics.length, ...NONE },
		statistics: Float64Array.from(statistics),
		weights: undefined,
		failures: [],
		...others,
	};
}

/** A test with made-up numbers: 10 toys of either hypothesis, one of which failed. */
export const madeUpTest: ToyTestResult = {
	poi: "mu",
	mu: 1,
	testStatistic: "qtilde",
	statistic: 3.9382,
	cls: 0.0521,
	clsError: 0.0024,
	clsb: 0.02365,
	clsbError: 0.00107,
	clb: 0.4482,
	clbError: 0.0035,
	expected: [0, 0.0187, 0.06395, 0.2304, 1] as Band,
	expectedError: [0.0022, 0.0025, 0.0029, 0.0045, 0.0007] as Band,
	expectedClsb: [0, 0.00295, 0.032, 0.1938, 1] as Band,
	expectedClsbError: [0.00005, 0.00039, 0.00145, 0.0038, 0.0007] as Band,
	expectedClb: [0.02285, 0.1587, 0.5, 0.84135, 1] as Band,
	expectedClbError: [0, 0, 0, 0, 0] as Band,
	tested: distributionOf(1, [0, 0, 0, 0, 0, 0.2, 0.5, 1.2, 5], {
		toys: 10,
		counts: { ...NONE, converged: 9, stalled: 1 },
		failures: [{ toy: 7, status: "stalled" }],
	}),
	alternative: distributionOf(0, [0, 0, 1, 1.5, 2, 3, 4, 4.4, 6, 9]),
	seed: 3,
	auxiliary: "fluctuated",
	complete: true,
	study: "ab".repeat(32),
	digest: "cd".repeat(32),
};
