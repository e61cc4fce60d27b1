/**
 * −2 ln of the Poisson probability of `n` counts at rate `rate`, n! read as Γ(n + 1).
 *
 * Saddle-point form (Loader 2000): −ln P = n·d(rate/n) + ½ ln(2πn) + δ(n), where no large numbers cancel.
 * Infinite for a negative rate, and for a rate of 0 where there are counts.
 */
export function twicePoissonNll(n: number, rate: number): number {
	if (rate < 0 || (rate === 0 && n > 0)) return Number.POSITIVE_INFINITY;
	if (n === 0) return 2 * rate;
	return 2 * deviance(n, rate) + Math.log(2 * Math.PI * n) + 2 * stirlingError(n);
}

/** n ln(n/rate) + rate − n, without cancellation where the two are close. */
function deviance(n: number, rate: number): number {
	const x = (rate - n) / n;
	if (Math.abs(x) > 0.2) return n * Math.log(n / rate) + rate - n;
	// x − ln(1 + x) = x²/2 − x³/3 + x⁴/4 − …
	let sum = 0;
	for (let k = 40; k >= 2; k--) sum = ((k % 2 === 0 ? 1 : -1) / k + sum) * x;
	return n * sum * x;
}

/** δ(n) = ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π. */
function stirlingError(n: number): number {
	// δ(n) = δ(n + 1) + (n + ½) ln(1 + 1/n) − 1 carries small n to where the asymptotic series is exact.
	if (n < 16) return stirlingError(n + 1) + (n + 0.5) * Math.log1p(1 / n) - 1;
	const z = 1 / (n * n);
	return (1 / 12 + z * (-1 / 360 + z * (1 / 1260 + z * (-1 / 1680 + z * (1 / 1188 - z * (691 / 360360)))))) / n;
}

/** −2 ln of the normal density of `x` around `mean`. */
export function twiceNormalNll(x: number, mean: number, sigma: number): number {
	return ((x - mean) / sigma) ** 2 + Math.log(2 * Math.PI) + 2 * Math.log(sigma);
}

/** Sum with the rounding of every addition carried along (Neumaier). */
export function exactSum(values: readonly number[]): number {
	let sum = 0;
	let lost = 0;
	for (const value of values) {
		const next = sum + value;
		// An infinite term has no rounding to carry.
		if (Number.isFinite(next)) lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
		sum = next;
	}
	return sum + lost;
}
