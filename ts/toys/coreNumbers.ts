import { loadToyCore } from "./toyCore.js";

/** Functions whose last digits an engine's own would choose: those of the core are the same everywhere. */

/** e to the power of each entry. */
export function exponentials(exponents: Float64Array): Float64Array {
	return loadToyCore().call((glue) => glue.exponentials(exponents));
}

/** The natural logarithm of a positive number. */
export function logarithm(x: number): number {
	return loadToyCore().call((glue) => glue.logarithm(x));
}

/** The x that a standard normal number exceeds with a probability between 0 and 1. */
export function normalQuantile(probability: number): number {
	return loadToyCore().call((glue) => glue.normalQuantile(probability));
}

/** The probability that χ² with so many degrees of freedom is `x` or more. */
export function chiSquareSurvival(x: number, degrees: number): number {
	return loadToyCore().call((glue) => glue.chiSquareSurvival(x, degrees));
}
