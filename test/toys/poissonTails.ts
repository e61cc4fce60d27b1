/** P(N = n) for a Poisson number. */
export function poissonMass(n: number, mean: number): number {
	let lnMass = -mean;
	for (let k = 1; k <= n; k++) lnMass += Math.log(mean / k);
	return Math.exp(lnMass);
}

/** P(N ≤ n). */
export function poissonBelow(n: number, mean: number): number {
	let sum = 0;
	for (let k = 0; k <= n; k++) sum += poissonMass(k, mean);
	return sum;
}

/** P(N ≥ n), without cancellation. */
export function poissonAbove(n: number, mean: number): number {
	let sum = 0;
	for (let k = n; k < n + 400; k++) sum += poissonMass(k, mean);
	return sum;
}
