import type { ParameterSet } from "./parameterTable.js";

/** What the constraint term of a parameter says of it before any fit. */
export interface Nominal {
	/** The value that its nominal auxiliary measurement stands for. */
	readonly value: number;
	/** Its standard deviation: σ of a Gaussian, 1/√τ of a Poisson term. */
	readonly uncertainty: number;
}

/** The nominal value and uncertainty of the `i`-th parameter of a set; `undefined` where nothing constrains it. */
export function nominalOf(set: ParameterSet, i: number): Nominal | undefined {
	const [auxiliary, scale] = [set.auxdata[i], set.scale[i]];
	if (set.constraint === "none" || auxiliary === undefined || scale === undefined) return undefined;
	if (set.constraint === "gaussian") return { value: auxiliary, uncertainty: scale };
	// Without counts, a Poisson term has no width of its own.
	return auxiliary > 0 ? { value: auxiliary / scale, uncertainty: Math.sqrt(auxiliary) / scale } : undefined;
}
