/** Numbers that look random and depend on nothing but the seed. */
export interface Random {
	/** Uniform in [0, 1). */
	unit(): number;
	/** Uniform in [lower, upper), rounded to `digits` decimals so that JSON shows the number itself. */
	between(lower: number, upper: number, digits?: number): number;
	/** Uniform among lower, lower + 1, …, upper. */
	integer(lower: number, upper: number): number;
	/** `true` with the given probability. */
	chance(probability: number): boolean;
	/** One of the items. */
	pick<T>(items: readonly T[]): T;
	/** The same items in another order. */
	shuffled<T>(items: readonly T[]): T[];
	/** Each item with the given probability. */
	some<T>(items: readonly T[], probability: number): T[];
}

/**
 * A generator seeded by an integer: a 32-bit counter in steps of the golden ratio, each value mixed by
 * xor-shifts and multiplications (the finaliser of MurmurHash3).
 */
export function random(seed: number): Random {
	let counter = Math.imul(seed | 0, 0x85ebca6b) ^ 0x27d4eb2f;
	const unit = () => {
		counter = (counter + 0x9e3779b9) | 0;
		let bits = counter;
		bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
		bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
		return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
	};
	const integer = (lower: number, upper: number) => lower + Math.floor(unit() * (upper - lower + 1));
	const chance = (probability: number) => unit() < probability;
	return {
		unit,
		between: (lower, upper, digits = 3) => Number((lower + (upper - lower) * unit()).toFixed(digits)),
		integer,
		chance,
		pick: <T>(items: readonly T[]) => items[integer(0, items.length - 1)] as T,
		shuffled: <T>(items: readonly T[]) =>
			items
				.map((item) => ({ item, key: unit() }))
				.sort((a, b) => a.key - b.key)
				.map(({ item }) => item),
		some: <T>(items: readonly T[], probability: number) => items.filter(() => chance(probability)),
	};
}
