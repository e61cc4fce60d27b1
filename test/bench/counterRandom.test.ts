import { expect, test } from "vitest";
import { CounterRandom } from "../../scripts/bench/counterRandom.mjs";

test("the words are those of Philox 2×32-10", () => {
	// From the known answers that come with Random123 (Salmon et al.): counter, key, result.
	expect(new CounterRandom(0).words(0, 0)).toEqual([0xff1dae59, 0x6cd10df2]);
	expect(new CounterRandom(0xffffffff).words(0xffffffff, 0xffffffff)).toEqual([0x2c3f628b, 0xab4fd7ad]);
	expect(new CounterRandom(0x13198a2e).words(0x85a308d3, 0x243f6a88)).toEqual([0xdd7ce038, 0xf62a4c12]);
});

test("uniform and normal numbers have their means and variances", () => {
	const random = new CounterRandom(1);
	const count = 20_000;
	const moments = (draw: (index: number) => number) => {
		const draws = Array.from({ length: count }, (_, i) => draw(i));
		const mean = draws.reduce((sum, x) => sum + x, 0) / count;
		return [mean, draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count] as const;
	};
	// Within four standard deviations of each.
	const [mean, variance] = moments((i) => random.uniform(1, i));
	expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
	expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count));
	const [centre, spread] = moments((i) => random.normal(2, i));
	expect(Math.abs(centre)).toBeLessThan(4 * Math.sqrt(1 / count));
	expect(Math.abs(spread - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
});

test("a number depends on its place alone", () => {
	const random = new CounterRandom(3);
	const once = random.uniform(5, 7);
	random.uniform(5, 8);
	expect(random.uniform(5, 7)).toBe(once);
	expect(new Set([once, random.uniform(7, 5), new CounterRandom(4).uniform(5, 7)]).size).toBe(3);
});
