/** A point of a function. */
export interface Sample {
	readonly x: number;
	readonly f: number;
}

/**
 * A root of a continuous function between two points of different sign, by Chandrupatla's method (Adv. Eng. Software
 * 28 (1997) 145): inverse quadratic interpolation where that is safe, bisection where it is not.
 *
 * @param relative - The root's error over its size.
 * @returns The point evaluated nearest to the root.
 */
export function findRoot(evaluate: (x: number) => number, left: Sample, right: Sample, relative: number): Sample {
	let [a, b] = [right, left];
	let c = a;
	// The first step takes the function for a straight line, which ours nearly are.
	let fraction = Number.isFinite(a.f - b.f) ? a.f / (a.f - b.f) : 0.5;
	for (;;) {
		const best = Math.abs(a.f) < Math.abs(b.f) ? a : b;
		const tolerance = relative * Math.abs(best.x);
		const share = tolerance / Math.abs(b.x - a.x);
		if (share > 0.5 || best.f === 0) return best;
		const x = a.x + Math.min(Math.max(fraction, share), 1 - share) * (b.x - a.x);
		const next = { x, f: evaluate(x) };
		if (Math.sign(next.f) === Math.sign(a.f)) {
			c = a;
		} else {
			c = b;
			b = a;
		}
		a = next;
		// The flatter of the two chords through it: the root is no further than that would have it.
		const slope = Math.min(Math.abs((a.f - b.f) / (a.x - b.x)), Math.abs((a.f - c.f) / (a.x - c.x)));
		if (Math.abs(a.f) <= relative * Math.abs(a.x) * slope) return a;
		const xi = (a.x - b.x) / (c.x - b.x);
		const phi = (a.f - b.f) / (c.f - b.f);
		const inverseQuadratic = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
		fraction = inverseQuadratic
			? (a.f / (b.f - a.f)) * (c.f / (b.f - c.f)) +
				((c.x - a.x) / (b.x - a.x)) * (a.f / (c.f - a.f)) * (b.f / (c.f - b.f))
			: 0.5;
	}
}
