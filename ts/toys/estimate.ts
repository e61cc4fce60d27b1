/** A number that toys estimate, and its standard error. */
export interface Estimate {
	readonly value: number;
	readonly error: number;
}

/**
 * The probability of what happened in `count` of `toys` independent toys.
 *
 * The error is the binomial one, √(p(1 − p)/n). That would be 0 where it happened never or always; there the error is the
 * distance to the other end of Wilson's interval for one standard deviation, 1/(n + 1) (J. Am. Stat. Assoc. 22 (1927) 209).
 */
export function binomial(count: number, toys: number): Estimate {
	const value = count / toys;
	const certain = count === 0 || count === toys;
	return { value, error: certain ? 1 / (toys + 1) : Math.sqrt((value * (1 - value)) / toys) };
}

/**
 * The quotient of two independent estimates, with its error to first order; `undefined` where the denominator is 0.
 */
export function quotient(numerator: Estimate, denominator: Estimate): Estimate | undefined {
	if (denominator.value === 0) return undefined;
	const value = numerator.value / denominator.value;
	const [above, below] = [numerator.error / denominator.value, (value * denominator.error) / denominator.value];
	return { value, error: Math.sqrt(above * above + below * below) };
}
