import type { ContourResult } from "../../ts/inference/contour.js";
import type { ImpactsResult } from "../../ts/inference/impacts.js";
import type { ProfileResult } from "../../ts/inference/profile.js";
import type { RefittedImpactsResult } from "../../ts/inference/refittedImpacts.js";

/** The profile of a Gaussian measurement: 21 values within three standard deviations, or around the best fit. */
export function parabola(parameter: string, bestFit: number, sigma: number): ProfileResult {
	const half = Number.isFinite(sigma) ? 3 * sigma : 1;
	const points = Array.from({ length: 21 }, (_, i) => {
		const value = bestFit + (half * (i - 10)) / 10;
		return { value, deltaTwiceNll: ((value - bestFit) / sigma) ** 2, parameters: Float64Array.of(value) };
	});
	return { parameter, bestFit, points, twiceNll: 0, lowerMinimum: false };
}

/** A circle of a radius around (0, 1), cut at −0.7 of the radius of 1. */
export function contourOf(
	radius: number,
	confidenceLevel: number,
	parameters: readonly [string, string] = ["mu", "bkgnorm"],
): ContourResult {
	const points = Array.from({ length: 32 }, (_, i) => {
		const angle = (Math.PI * i) / 16;
		const [x, y] = [radius * Math.cos(angle), 1 + radius * Math.sin(angle)];
		return { values: [Math.max(x, -0.7), y] as const, status: x < -0.7 ? ("bound" as const) : ("found" as const) };
	});
	return {
		parameters,
		confidenceLevel,
		deltaTwiceNll: radius ** 2,
		bestFit: [0, 1],
		points,
		twiceNll: 0,
		lowerMinimum: false,
	};
}

/** Falling impacts with pulls on either side; every fifth parameter is without a constraint. */
export function impactsOf(count: number, scale = 1): ImpactsResult {
	const ranking = Array.from({ length: count }, (_, i) => {
		const postfit = ((i % 2 === 0 ? -1 : 1) * scale) / (i + 1);
		const free = i % 5 === 4;
		return {
			parameter: free ? `norm_${i}` : `alpha_JET_GroupedNP_of_2017_number_${i}`,
			bestFit: Math.sin(i),
			uncertainty: 0.8,
			pull: free ? undefined : Math.sin(i),
			constraint: free ? undefined : 0.8,
			postfit,
			prefit: free ? undefined : 1.25 * postfit,
			global: free ? undefined : 0.8 * postfit,
		};
	});
	const leftOut = ["gamma[0]"];
	return { poi: "mu", bestFit: 1.2, uncertainty: 2 * scale, statistical: scale, systematic: scale, ranking, leftOut };
}

/** The same from fits: up and down of the first on one side, of the others on both. */
export function refittedImpactsOf(count: number): RefittedImpactsResult {
	const { poi, bestFit, uncertainty, leftOut, ranking } = impactsOf(count);
	const moved = (impact: number, one: boolean) => ({
		up: { value: 1, impact, atBound: false },
		down: { value: -1, impact: (one ? 0.4 : -0.7) * impact, atBound: false },
	});
	return {
		poi,
		bestFit,
		uncertainty,
		leftOut,
		ranking: ranking.map((impact, i) => ({
			...impact,
			postfit: moved(impact.postfit, i === 0),
			prefit: impact.prefit === undefined ? undefined : moved(impact.prefit, i === 0),
		})),
		twiceNll: 0,
		lowerMinimum: false,
	};
}
