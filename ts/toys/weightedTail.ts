import type { Estimate } from "./estimate.js";

/**
 * The probability of a tail from weighted toys that were generated at several points in turn.
 *
 * It is the mean over the points of the mean weight of the toys in the tail. The mean weight of all toys is 1 if there are
 * enough of them, and by how much it is not tells on which side the former lies: this is taken off in the share that makes
 * the error smallest (a control variate; Owen, *Monte Carlo theory, methods and examples*, 2013, 8.9 and 9.10). The tail that
 * holds all toys has probability 1.
 */
export class WeightedTail {
	readonly #sizes: readonly number[];
	/** Of each point: Σw and Σw² of the toys in the tail, and of all. */
	readonly #sums: Float64Array;
	readonly #squares: Float64Array;
	readonly #allSums: Float64Array;
	readonly #allSquares: Float64Array;
	#toys = 0;

	/** With all toys: the point of each, and its weight. */
	constructor(points: number, of: Uint32Array, weights: Float64Array) {
		const sizes = Array<number>(points).fill(0);
		[this.#sums, this.#squares] = [new Float64Array(points), new Float64Array(points)];
		[this.#allSums, this.#allSquares] = [new Float64Array(points), new Float64Array(points)];
		for (let i = 0; i < of.length; i++) {
			const [point, weight] = [of[i]!, weights[i]!];
			sizes[point]!++;
			this.#allSums[point]! += weight;
			this.#allSquares[point]! += weight * weight;
		}
		this.#sizes = sizes;
	}

	/** Puts a toy into the tail. */
	add(point: number, weight: number): void {
		this.#sums[point]! += weight;
		this.#squares[point]! += weight * weight;
		this.#toys++;
	}

	/**
	 * The probability, with its error from the spread of the weights at each point; where no toy is in the tail, or every
	 * toy, from the largest weight there can be.
	 */
	get probability(): Estimate {
		const sizes = this.#sizes;
		const points = sizes.length;
		const all = sizes.reduce((sum, size) => sum + size, 0);
		if (this.#toys === 0 || this.#toys === all) return { value: Number(this.#toys > 0), error: points / (all + 1) };
		let [value, mean, variance, covariance, meanVariance] = [0, 0, 0, 0, 0];
		for (let i = 0; i < points; i++) {
			const [size, sum, square] = [sizes[i]!, this.#sums[i]!, this.#squares[i]!];
			const [allSum, allSquare] = [this.#allSums[i]!, this.#allSquares[i]!];
			value += sum / size / points;
			mean += allSum / size / points;
			// Of a single toy, its square stands for the variance.
			const scale = size > 1 ? 1 / (size * (size - 1)) : 1;
			const less = size > 1 ? 1 / size : 0;
			variance += scale * (square - less * sum * sum);
			covariance += scale * (square - less * sum * allSum);
			meanVariance += scale * (allSquare - less * allSum * allSum);
		}
		const share = meanVariance > 0 ? covariance / meanVariance : 0;
		const corrected = value - share * (mean - 1);
		return {
			value: Math.min(1, Math.max(0, corrected)),
			error: Math.sqrt(Math.max(0, variance - share * covariance)) / points,
		};
	}
}
