import { exponentials } from "./coreNumbers.js";
import type { ToyPiece } from "./ensemble.js";
import { binomial, type Estimate } from "./estimate.js";

/** Statistics this close to that of the data are the same but for rounding. */
const TIE = 1e-9;

/**
 * From here on a statistic is at least as large as `statistic`: toys with the same data as the observed ones must count,
 * and the last digits of their fits may differ.
 */
export function atLeast(statistic: number): number {
	return statistic - TIE * Math.max(1, statistic);
}

/** What toys of one hypothesis say of the upper tail of its statistic. Toys whose fits failed are not in it. */
export class TailSample {
	/** In the order of the toys' numbers. */
	readonly statistics: Float64Array<ArrayBuffer>;
	/** Of each toy; `undefined` where all are 1, with one generating point. */
	readonly weights: Float64Array<ArrayBuffer> | undefined;
	readonly #strata: Strata | undefined;

	/** Of pieces in ascending order, with toy i generated at point i modulo `points`. */
	constructor(pieces: readonly ToyPiece[], points: number) {
		this.statistics = pick(pieces, ({ statistics }) => statistics);
		if (points === 1) return;
		this.weights = Float64Array.from(exponentials(pick(pieces, ({ lnWeights }) => lnWeights)));
		const toys = pick(pieces, ({ first, count }) => Float64Array.from({ length: count }, (_, i) => first + i));
		this.#strata = new Strata(
			Uint32Array.from(toys, (toy) => toy % points),
			points,
		);
	}

	/** Whether there are toys of every generating point. */
	get isUsable(): boolean {
		return this.statistics.length > 0 && (this.#strata === undefined || this.#strata.sizes.every((size) => size > 0));
	}

	/**
	 * The probability of a statistic of at least `statistic`.
	 *
	 * With several generating points it is the mean over these of the mean weight of the toys in the tail, and the error
	 * comes from the spread of the weights at each point; where no toy is in the tail, from the largest possible weight.
	 */
	tail(statistic: number): Estimate {
		const from = atLeast(statistic);
		const { statistics, weights } = this;
		const strata = this.#strata;
		if (weights === undefined || strata === undefined) {
			let count = 0;
			for (const value of statistics) if (value >= from) count++;
			return binomial(count, statistics.length);
		}
		const points = strata.sizes.length;
		const [sums, squares] = [new Float64Array(points), new Float64Array(points)];
		let count = 0;
		for (let i = 0; i < statistics.length; i++) {
			if (!(statistics[i]! >= from)) continue;
			const [point, weight] = [strata.of[i]!, weights[i]!];
			sums[point]! += weight;
			squares[point]! += weight * weight;
			count++;
		}
		if (count === 0) return { value: 0, error: points / (statistics.length + 1) };
		let [value, variance] = [0, 0];
		for (let point = 0; point < points; point++) {
			const [size, sum] = [strata.sizes[point]!, sums[point]!];
			value += sum / size;
			// The variance of a mean, from the sample; of a single toy, its square stands for it.
			variance += size > 1 ? (squares[point]! - (sum * sum) / size) / (size * (size - 1)) : squares[point]!;
		}
		return { value: value / points, error: Math.sqrt(Math.max(0, variance)) / points };
	}

	/**
	 * The number of equally weighted toys that would say as much of the tail from `statistic` on as these do, (Σw)²/Σw² (Kish,
	 * *Survey Sampling*, 1965): with one generating point, the number of toys in the tail.
	 */
	effectiveToys(statistic: number): number {
		const from = atLeast(statistic);
		let [sum, squares] = [0, 0];
		for (let i = 0; i < this.statistics.length; i++) {
			if (!(this.statistics[i]! >= from)) continue;
			const weight = this.weights === undefined ? 1 : this.weights[i]!;
			sum += weight;
			squares += weight * weight;
		}
		return sum === 0 ? 0 : (sum * sum) / squares;
	}

	/** The probability at each of several statistics, which descend, without errors. */
	tails(descending: Float64Array): Float64Array {
		const { statistics, weights } = this;
		const strata = this.#strata;
		const tails = new Float64Array(descending.length);
		if (weights === undefined || strata === undefined) {
			const sorted = statistics.slice().sort();
			let above = 0;
			for (let i = 0; i < descending.length; i++) {
				const from = atLeast(descending[i]!);
				while (above < sorted.length && sorted[sorted.length - 1 - above]! >= from) above++;
				tails[i] = above / sorted.length;
			}
			return tails;
		}
		const order = Uint32Array.from(statistics.keys()).sort((a, b) => statistics[b]! - statistics[a]!);
		let [above, tail] = [0, 0];
		for (let i = 0; i < descending.length; i++) {
			const from = atLeast(descending[i]!);
			for (; above < order.length && statistics[order[above]!]! >= from; above++) {
				const toy = order[above]!;
				tail += weights[toy]! / (strata.sizes.length * strata.sizes[strata.of[toy]!]!);
			}
			tails[i] = tail;
		}
		return tails;
	}
}

/** Which generating point toys belong to. */
class Strata {
	readonly of: Uint32Array;
	/** How many belong to each. */
	readonly sizes: readonly number[];

	constructor(of: Uint32Array, points: number) {
		this.of = of;
		const sizes = Array<number>(points).fill(0);
		for (const point of of) sizes[point]!++;
		this.sizes = sizes;
	}
}

/** One number for each toy whose fits converged. */
function pick(
	pieces: readonly ToyPiece[],
	of: (piece: ToyPiece) => Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
	const picked = new Float64Array(pieces.reduce((sum, { count }) => sum + count, 0));
	let converged = 0;
	for (const piece of pieces) {
		const numbers = of(piece);
		for (let i = 0; i < piece.count; i++) {
			if (piece.statuses[i] === 0) picked[converged++] = numbers[i]!;
		}
	}
	return picked.slice(0, converged);
}
