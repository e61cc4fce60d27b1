import { exponentials } from "./coreNumbers.js";
import type { ToyPiece } from "./ensemble.js";
import { binomial, type Estimate } from "./estimate.js";
import { WeightedTail } from "./weightedTail.js";

/** Statistics this close to that of the data are the same but for what is left of the distance to their minima. */
const TIE = 1e-7;

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
	readonly #points: number;
	/** At which point each toy was generated; empty for one point. */
	readonly #pointOf: Uint32Array;

	/** Of pieces in ascending order, with toy i generated at point i modulo `points`. */
	constructor(pieces: readonly ToyPiece[], points: number) {
		this.statistics = pick(pieces, ({ statistics }) => statistics);
		this.#points = points;
		if (points === 1) {
			this.#pointOf = new Uint32Array();
			return;
		}
		this.weights = Float64Array.from(exponentials(pick(pieces, ({ lnWeights }) => lnWeights)));
		const toys = pick(pieces, ({ first, count }) => Float64Array.from({ length: count }, (_, i) => first + i));
		this.#pointOf = Uint32Array.from(toys, (toy) => toy % points);
	}

	/** Whether there are toys, and some of every generating point. */
	get isUsable(): boolean {
		const points = this.#points === 1 ? 1 : new Set(this.#pointOf).size;
		return this.statistics.length > 0 && points === this.#points;
	}

	/** The probability of a statistic of at least `statistic`. */
	tail(statistic: number): Estimate {
		const from = atLeast(statistic);
		const { statistics, weights } = this;
		if (weights === undefined) {
			let count = 0;
			for (const value of statistics) if (value >= from) count++;
			return binomial(count, statistics.length);
		}
		const tail = new WeightedTail(this.#points, this.#pointOf, weights);
		for (let i = 0; i < statistics.length; i++) if (statistics[i]! >= from) tail.add(this.#pointOf[i]!, weights[i]!);
		return tail.probability;
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
		const tails = new Float64Array(descending.length);
		let above = 0;
		if (weights === undefined) {
			const sorted = statistics.slice().sort();
			for (let i = 0; i < descending.length; i++) {
				const from = atLeast(descending[i]!);
				while (above < sorted.length && sorted[sorted.length - 1 - above]! >= from) above++;
				tails[i] = above / sorted.length;
			}
			return tails;
		}
		const order = Uint32Array.from(statistics.keys()).sort((a, b) => statistics[b]! - statistics[a]!);
		const tail = new WeightedTail(this.#points, this.#pointOf, weights);
		for (let i = 0; i < descending.length; i++) {
			const from = atLeast(descending[i]!);
			for (; above < order.length && statistics[order[above]!]! >= from; above++) {
				const toy = order[above]!;
				tail.add(this.#pointOf[toy]!, weights[toy]!);
			}
			tails[i] = tail.probability.value;
		}
		return tails;
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
