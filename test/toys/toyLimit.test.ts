import { describe, expect, test } from "vitest";
import { upperLimit } from "../../ts/inference/upperLimit.js";
import { type ToyLimitResult, toyLimit } from "../../ts/toys/index.js";
import { counting, twoBins } from "../inference/smallModels.js";
import { poissonBelow } from "./poissonTails.js";

/** Where CLs of so many counts, a quotient of Poisson tails, is 0.05. */
function exactLimit(n: number): number {
	let [low, high] = [0, 20];
	for (let i = 0; i < 60; i++) {
		const middle = (low + high) / 2;
		const excluded = poissonBelow(n, 50 + 5 * middle) / poissonBelow(n, 50) < 0.05;
		[low, high] = excluded ? [low, middle] : [middle, high];
	}
	return low;
}

describe("a counting experiment", () => {
	const { model, data } = counting(47);

	test("has the exact limits, and the errors are what they say", async () => {
		const [truth, median, high] = [47, 50, 57].map(exactLimit) as [number, number, number];
		let [sum, squares] = [0, 0];
		for (let seed = 0; seed < 20; seed++) {
			const limit = await toyLimit(data, model, { toys: 1000, seed, workers: 0 });
			const pull = (limit.observed! - truth) / limit.observedError!;
			sum += pull / 20;
			squares += (pull * pull) / 20;
			expect(Math.abs(limit.expected[2]! - median)).toBeLessThan(4.5 * limit.expectedError[2]!);
			expect(Math.abs(limit.expected[3]! - high)).toBeLessThan(4.5 * limit.expectedError[3]!);
			expect(limit.observedError!).toBeLessThan(0.1);
		}
		expect(Math.abs(sum)).toBeLessThan(4 / Math.sqrt(20));
		expect(squares).toBeLessThan(1 + 4 * Math.sqrt(2 / 20));
		expect(squares).toBeGreaterThan(0.3);
	});

	test("above the range, below it, and in a range that ends close by", async () => {
		const options = { toys: 500, workers: 0 };
		const high = await toyLimit(data, model, { ...options, bounds: { mu: [0, 2] } });
		expect([high.observed, high.observedError, high.status.observed]).toEqual([undefined, undefined, "above-range"]);
		expect(high.status.expected.slice(2)).toEqual(["above-range", "above-range", "above-range"]);
		expect([high.range, high.scan.points.at(-1)!.mu]).toEqual([[0, 2], 2]);
		const close = await toyLimit(data, model, { ...options, bounds: { mu: [0, 3] } });
		expect(Math.abs(close.observed! - exactLimit(47))).toBeLessThan(4.5 * close.observedError!);
		expect(close.status).toMatchObject({ observed: "found" });
		expect(Math.max(...close.scan.points.map(({ mu }) => mu))).toBeLessThanOrEqual(3);
	});
});

describe("two bins with a background uncertainty", () => {
	const { model, data } = twoBins();
	const asymptotic = upperLimit(data, model);
	const all = (limit: ToyLimitResult) => [limit.observed!, ...limit.expected.map((value) => value!)];
	const errors = (limit: ToyLimitResult) => [limit.observedError!, ...limit.expectedError.map((value) => value!)];

	test("agree with the asymptotic limits, with plain toys and with weighted ones", async () => {
		const exact = [asymptotic.observed!, ...asymptotic.expected.map((value) => value!)];
		for (const points of [1, 4]) {
			const limit = await toyLimit(data, model, { toys: 4000, points });
			for (const [i, value] of all(limit).entries()) {
				// The formulae are good to three per cent here.
				expect(Math.abs(value - exact[i]!)).toBeLessThan(4 * errors(limit)[i]! + 0.03 * exact[i]!);
			}
			expect(limit.observedError! / limit.observed!).toBeLessThan(points === 1 ? 0.035 : 0.015);
			expect(all(limit).slice(1)).toEqual([...all(limit).slice(1)].sort((a, b) => a - b));
		}
	});

	test("the errors of all six are those of 24 searches", async () => {
		const limits = [];
		for (let seed = 0; seed < 24; seed++) limits.push(await toyLimit(data, model, { toys: 400, seed, workers: 0 }));
		for (let i = 0; i < 6; i++) {
			const values = limits.map((limit) => all(limit)[i]!);
			const mean = values.reduce((sum, value) => sum + value) / 24;
			const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 23);
			const stated = limits.reduce((sum, limit) => sum + errors(limit)[i]!, 0) / 24;
			// A spread of 24 is known to 15 %.
			expect(spread / stated, `limit ${i}`).toBeGreaterThan(0.5);
			expect(spread / stated, `limit ${i}`).toBeLessThan(1.6);
		}
	});

	test("most toys are next to the limits", async () => {
		const { scan, expected, observed, toys } = await toyLimit(data, model, { toys: 2000 });
		for (const limit of [observed!, ...expected.map((value) => value!)]) {
			const near = scan.points.filter(({ mu }) => Math.abs(mu / limit - 1) < 0.4);
			expect(near.filter(({ complete }) => complete && near.length >= 2).length).toBeGreaterThanOrEqual(2);
		}
		expect(scan.points.filter(({ complete }) => !complete).every(({ tested }) => tested.toys === 500)).toBe(true);
		expect(toys).toBe(scan.points.reduce((sum, { tested, alternative }) => sum + tested.toys + alternative.toys, 0));
		expect(scan.points.map(({ mu }) => mu)).toEqual(scan.points.map(({ mu }) => mu).sort((a, b) => a - b));
	});

	test("the toys of all values are the same experiments: CLs is smooth where its error is large", async () => {
		const { scan } = await toyLimit(data, model, { toys: 400, points: 1 });
		const cls = scan.points.filter(({ complete }) => complete).map(({ cls }) => cls!);
		const rises = cls.slice(1).filter((value, i) => value > cls[i]! * 1.02);
		expect(rises).toEqual([]);
	});

	test("the same bits on any number of workers, and other ones for another seed", async () => {
		const options = { toys: 400, seed: 5 };
		const none = await toyLimit(data, model, { ...options, workers: 0 });
		const two = await toyLimit(data, model, { ...options, workers: 2 });
		expect(two).toEqual(none);
		expect(none.digest).toMatch(/^[0-9a-f]{64}$/);
		expect((await toyLimit(data, model, { ...options, seed: 6, workers: 0 })).digest).not.toBe(none.digest);
	});

	test("shows its progress and stops", async () => {
		const seen: number[] = [];
		const limit = await toyLimit(data, model, { toys: 400, onProgress: ({ done }) => seen.push(done) });
		expect(seen.at(-1)).toBe(limit.toys);
		const controller = new AbortController();
		const stopped = toyLimit(data, model, {
			signal: controller.signal,
			onProgress: () => controller.abort(new Error("enough")),
		});
		await expect(stopped).rejects.toThrow("enough");
	});

	test.each([
		[{ level: 0 }, "bad-level"],
		[{ testStatistic: "q0" }, "no-limit"],
		[{ toys: 2.5 }, "bad-toys"],
	])("refuses %j", async (options, code) => {
		await expect(toyLimit(data, model, options as object)).rejects.toMatchObject({ name: "OptionError", code });
	});
});
