import { expect, test } from "vitest";
import { poissonInterval } from "../../ts/plot/poissonInterval.js";

const TAIL = 0.15865525393145707;

/** P(at most n | mean), term by term. */
function atMost(n: number, mean: number): number {
	let [term, sum] = [Math.exp(-mean), 0];
	for (let k = 0; k <= n; k++) {
		sum += term;
		term *= mean / (k + 1);
	}
	return sum;
}

test.each([
	[0, 0, 1.84102],
	[1, 0.17275, 3.29953],
	[2, 0.70819, 4.63786],
	[3, 1.3673, 5.91819],
	[18, 13.79711, 23.32101],
	[50, 42.95266, 58.11822],
])("the interval of %i is [%f, %f]", (count, low, high) => {
	expect(poissonInterval(count)).toEqual([expect.closeTo(low, 5), expect.closeTo(high, 5)]);
});

test("each end leaves the tail of one standard deviation", () => {
	for (let count = 0; count <= 200; count++) {
		const [low, high] = poissonInterval(count);
		expect(atMost(count, high)).toBeCloseTo(TAIL, 7);
		if (count > 0) expect(1 - atMost(count - 1, low)).toBeCloseTo(TAIL, 7);
	}
});

test("counts between integers lie between their neighbours", () => {
	for (const count of [1e-9, 1e-3, 0.3, 0.5, 0.99, 1.5, 52.3]) {
		const [low, high] = poissonInterval(count);
		const [below, above] = [poissonInterval(Math.floor(count)), poissonInterval(Math.ceil(count))];
		expect(low).toBeGreaterThanOrEqual(below[0]);
		expect(low).toBeLessThan(above[0]);
		expect(high).toBeGreaterThan(below[1]);
		expect(high).toBeLessThan(above[1]);
	}
});

test("large counts have the width of a Gaussian and no jump where the method changes", () => {
	const [low, high] = poissonInterval(1e7);
	expect((high - 1e7) / Math.sqrt(1e7)).toBeCloseTo(1, 3);
	expect((1e7 - low) / Math.sqrt(1e7)).toBeCloseTo(1, 3);
	const [before, after] = [poissonInterval(9998), poissonInterval(10_001)];
	expect(after[0] - before[0]).toBeCloseTo(3, 1);
	expect(after[1] - before[1]).toBeCloseTo(3, 1);
});
