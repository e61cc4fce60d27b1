/** Φ(−1): the tail beyond one standard deviation. */
const TAIL = 0.15865525393145705;

/**
 * Central 68.27 % confidence interval of a Poisson mean, given a count (F. Garwood, Biometrika 28 (1936) 437).
 *
 * Why not n ± √n: that has no width at n = 0 and reaches below 0 at n < 1. The interval of 0 is [0, 1.84].
 * Counts need not be integers (Asimov data).
 */
export function poissonInterval(count: number): readonly [number, number] {
	return [count > 0 ? gammaQuantile(TAIL, count) : 0, gammaQuantile(1 - TAIL, count + 1)];
}

/** Quantile of the gamma distribution with a shape and scale 1: Wilson and Hilferty's value, then Newton's steps. */
function gammaQuantile(probability: number, shape: number): number {
	const z = probability < 0.5 ? -1 : 1;
	const third = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
	let x = third > 0 ? shape * third ** 3 : Math.exp((Math.log(probability) + logGamma(shape + 1)) / shape);
	// Beyond, the start is right to 1e-6 of itself and the series below takes long.
	if (shape > 1e4) return x;
	for (let step = 0; step < 8; step++) {
		const density = Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape));
		x = Math.max(x - (lowerGamma(shape, x) - probability) / density, x / 10);
	}
	return x;
}

/** Regularised lower incomplete gamma function P(a, x), by its power series. */
function lowerGamma(a: number, x: number): number {
	let term = 1;
	let sum = 1;
	for (let n = 1; term > sum * 1e-15; n++) {
		term *= x / (a + n);
		sum += term;
	}
	return sum * Math.exp(a * Math.log(x) - x - logGamma(a + 1));
}

/** ln Γ(x) by Stirling's series, shifted up to where it is good. */
function logGamma(x: number): number {
	let shift = 0;
	let y = x;
	while (y < 10) shift += Math.log(y++);
	return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * y) - 1 / (360 * y ** 3) - shift;
}
