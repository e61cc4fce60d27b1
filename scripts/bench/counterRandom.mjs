/** The multiplier of Philox 2×32 and what its key grows by from round to round. */
const [MULTIPLIER_HIGH, MULTIPLIER_LOW] = [0xd256, 0xd193];
const MULTIPLIER = 0xd256d193;
const WEYL = 0x9e3779b9;
const ROUNDS = 10;

/**
 * Random numbers that are a function of where they are asked for, and of nothing asked before: Philox 2×32-10 (Salmon,
 * Moraes, Dror and Shaw, SC11, "Parallel random numbers: as easy as 1, 2, 3"), keyed by the seed and counted by stream
 * and index. Only integers, products and square roots take part, so they are the same in every engine.
 */
export class CounterRandom {
	#key;

	/** `seed`: a whole number below 2³². */
	constructor(seed) {
		this.#key = seed >>> 0;
	}

	/** The two 32-bit words at a place. */
	words(stream, index) {
		let x0 = index >>> 0;
		let x1 = stream >>> 0;
		let key = this.#key;
		for (let round = 0; round < ROUNDS; round++) {
			const high = highOfProduct(x0);
			const low = Math.imul(MULTIPLIER, x0);
			x0 = (high ^ key ^ x1) >>> 0;
			x1 = low >>> 0;
			key = (key + WEYL) >>> 0;
		}
		return [x0, x1];
	}

	/** Uniform in [0, 1), with 53 bits. */
	uniform(stream, index) {
		const [x0, x1] = this.words(stream, index);
		return (x0 * 0x200000 + (x1 >>> 11)) / 0x20000000000000;
	}

	/** Uniform in [−1, 1). */
	signed(stream, index) {
		return 2 * this.uniform(stream, index) - 1;
	}

	/** As good as normal within ±3σ: the sum of twelve uniform numbers, less their mean. It takes twelve indices. */
	normal(stream, index) {
		let sum = -6;
		for (let i = 0; i < 12; i++) sum += this.uniform(stream, 12 * index + i);
		return sum;
	}
}

/** The upper 32 bits of the multiplier times a 32-bit number, from products of halves that doubles hold exactly. */
function highOfProduct(x) {
	const high = x >>> 16;
	const low = x & 0xffff;
	const lowLow = low * MULTIPLIER_LOW;
	const lowHigh = low * MULTIPLIER_HIGH;
	const highLow = high * MULTIPLIER_LOW;
	const middle = (lowLow >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
	return (high * MULTIPLIER_HIGH + (lowHigh >>> 16) + (highLow >>> 16) + (middle >>> 16)) >>> 0;
}
