import { describe, expect, test } from "vitest";
import { hypotest } from "../../ts/inference/hypotest.js";
import { discoveryResult, makeToys, planDiscovery, planToyTest, toyDiscovery } from "../../ts/toys/index.js";
import { counting, twoBins } from "../inference/smallModels.js";
import { refusal } from "../refusal.js";
import { poissonAbove } from "./poissonTails.js";

const wide = [{ name: "mu", inits: [1], bounds: [[0, 20]] as [number, number][] }];
const apart = (a: { p: number; error: number }, b: { p: number; error: number }) =>
	Math.abs(a.p - b.p) / Math.hypot(a.error, b.error);

describe("a counting experiment", () => {
	test("five standard deviations are the Poisson tail, from a few thousand toys", async () => {
		const { model, data } = counting(90, wide);
		const truth = poissonAbove(90, 50);
		let [sum, squares] = [0, 0];
		for (let seed = 0; seed < 60; seed++) {
			const result = await toyDiscovery(data, model, { toys: 3000, seed, workers: 0 });
			const pull = (result.pValue - truth) / result.pValueError;
			sum += pull / 60;
			squares += (pull * pull) / 60;
			expect(result.pValueError).toBeLessThan(0.1 * truth);
			expect(result.effectiveToys).toBeGreaterThan(100);
			// 1 − Φ(5.042855) is that tail.
			expect(Math.abs(result.significance! - 5.042855)).toBeLessThan(5 * result.significanceError!);
		}
		expect(Math.abs(sum)).toBeLessThan(4 / Math.sqrt(60));
		expect(Math.abs(squares - 1)).toBeLessThan(4 * Math.sqrt(2 / 60));
	});

	test("any number of points and plain toys agree where both can go", async () => {
		const { model, data } = counting(66, wide);
		const truth = { p: poissonAbove(66, 50), error: 0 };
		for (const points of [1, 2, 3, 5, 9]) {
			const { pValue, pValueError, background } = await toyDiscovery(data, model, { toys: 30_000, points });
			expect(apart({ p: pValue, error: pValueError }, truth), `${points} points`).toBeLessThan(4);
			expect(background.generatedAt).toHaveLength(points);
			expect([background.mu, background.generatedAt.at(-1)]).toEqual([0, points === 1 ? 0 : expect.closeTo(3.2, 9)]);
		}
	});

	test("with plain toys the effective number is that of the toys in the tail", async () => {
		const { model, data } = counting(60, wide);
		const result = await toyDiscovery(data, model, { toys: 2000, points: 1 });
		expect(result.background.weights).toBeUndefined();
		expect(result.effectiveToys).toBe(Math.round(2000 * result.pValue));
	});

	test("without an excess every toy is as extreme, and there is no significance", async () => {
		const { model, data } = counting(45);
		const result = await toyDiscovery(data, model, { toys: 500 });
		expect([result.pValue, result.significance, result.statistic]).toEqual([1, undefined, 0]);
		expect(result.background.generatedAt).toEqual([0]);
	});
});

describe("two bins with a background uncertainty", () => {
	const { model, data } = twoBins([80, 85]);

	test("plain toys, weighted ones and asymptotics agree", async () => {
		const plain = await toyDiscovery(data, model, { toys: 200_000, points: 1 });
		const weighted = await toyDiscovery(data, model, { toys: 20_000 });
		const of = ({ pValue, pValueError }: typeof plain) => ({ p: pValue, error: pValueError });
		expect(apart(of(plain), of(weighted))).toBeLessThan(4);
		expect(weighted.pValueError).toBeLessThan(plain.pValueError / 2);
		const { cls, statistic } = hypotest(0, data, model, { testStatistic: "q0" });
		expect(weighted.statistic).toBeCloseTo(statistic, 8);
		expect(Math.abs(weighted.pValue / cls - 1)).toBeLessThan(0.15);
	});

	test("bounds that leave out μ = 1 do not matter", async () => {
		const result = await toyDiscovery(data, model, { toys: 200, bounds: { mu: [0, 0.9] } });
		expect(result.background.generatedAt.at(-1)).toBe(0.9);
	});

	test("part of a study has a result, another kind of study has none", async () => {
		const study = planDiscovery(data, model, { toys: 1000, points: 3 });
		const some = await makeToys(study, { ranges: [{ ensemble: 0, first: 100, count: 250 }], workers: 0 });
		const result = discoveryResult(study, some);
		expect([result.complete, result.background.toys]).toEqual([false, 250]);
		const two = await makeToys(study, { ranges: [{ ensemble: 0, first: 0, count: 2 }], workers: 0 });
		expect(refusal(() => discoveryResult(study, two))).toMatch(
			/^ToyError no-toys \| 2 toys of mu = 0 are there, too few/,
		);
		const other = planToyTest(1, data, model, { toys: 10 });
		expect(refusal(() => discoveryResult(other, some))).toMatch(/^ToyError not-a-discovery \| /);
	});
});
