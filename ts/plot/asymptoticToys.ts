import type { HypotestResult } from "../inference/hypotest.js";

/**
 * Probability density of a test statistic above 0 in experiments with another value of the parameter of interest than the
 * tested one, or with the tested one (Cowan, Cranmer, Gross, Vitells, arXiv:1007.1727, eqs. 49, 55 and 64): for an upper
 * limit that of background alone, for q0 that of μ = 1.
 */
export function asymptoticDensity(
	{ testStatistic, statisticAsimov }: HypotestResult,
	hypothesis: "tested" | "alternative",
): (statistic: number) => number {
	// The distance of the two values in standard deviations.
	const shift = hypothesis === "tested" ? 0 : Math.sqrt(statisticAsimov);
	return (statistic) => {
		if (testStatistic === "qtilde" && statistic > statisticAsimov) {
			const mean = hypothesis === "tested" ? -statisticAsimov : statisticAsimov;
			const deviation = 2 * Math.sqrt(statisticAsimov);
			return normal((statistic - mean) / deviation) / deviation;
		}
		const root = Math.sqrt(statistic);
		return normal(root - shift) / (2 * root);
	};
}

/** Probability density of χ². */
export function chiSquareDensity(degrees: number): (x: number) => number {
	// Γ(k/2) by its recurrence from Γ(1/2) or Γ(1).
	let lnGamma = degrees % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
	for (let a = degrees % 2 === 0 ? 1 : 0.5; a < degrees / 2; a++) lnGamma += Math.log(a);
	return (x) => Math.exp((degrees / 2 - 1) * Math.log(x / 2) - x / 2 - lnGamma) / 2;
}

function normal(x: number): number {
	return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}
