import { describe, expect, test } from "vitest";
import { hypotest } from "../../ts/inference/hypotest.js";
import { compareWithAsymptotics, makeToys, planToyTest, toyTest, toyTestResult } from "../../ts/toys/index.js";
import { counting, twoBins } from "../inference/smallModels.js";
import { refusal } from "../refusal.js";
import { poissonAbove, poissonBelow } from "./poissonTails.js";

/** How far an estimate is from the truth in its own errors. */
const pull = (value: number, error: number, truth: number) => (value - truth) / error;

describe("a counting experiment, whose p-values are Poisson tails", () => {
	const { model, data } = counting(47);
	// q̃ falls with the count, below and above 50: at least as extreme is a count of 47 or less.
	const [clsb, clb] = [poissonBelow(47, 60), poissonBelow(47, 50)];

	test("the data themselves count: ties are many", async () => {
		const result = await toyTest(2, data, model, { toys: 200_000, seed: 3 });
		expect(Math.abs(pull(result.clsb, result.clsbError, clsb))).toBeLessThan(4);
		expect(Math.abs(pull(result.clb, result.clbError, clb))).toBeLessThan(4);
		expect(Math.abs(pull(result.cls!, result.clsError!, clsb / clb))).toBeLessThan(4);
		// P(N = 47) is 0.053 and 0.013: without the ties, either would be 20 errors off.
		expect(result.clbError).toBeLessThan(0.0012);
		expect(result.clsbError).toBeLessThan(0.0005);
	});

	test("errors are what they say: pulls of 200 studies have mean 0 and variance 1", async () => {
		const pulls = { cls: [0, 0], clsb: [0, 0], clb: [0, 0] };
		for (let seed = 0; seed < 200; seed++) {
			const result = await toyTest(2, data, model, { toys: 500, seed, workers: 0 });
			for (const [name, truth] of [
				["cls", clsb / clb],
				["clsb", clsb],
				["clb", clb],
			] as const) {
				const x = pull(result[name]!, result[`${name}Error`]!, truth);
				pulls[name][0]! += x / 200;
				pulls[name][1]! += (x * x) / 200;
			}
		}
		for (const [mean, square] of Object.values(pulls)) {
			// Errors of both: 1/√200 and √(2/200).
			expect(Math.abs(mean!)).toBeLessThan(4 * 0.071);
			expect(Math.abs(square! - 1)).toBeLessThan(4 * 0.1);
		}
	});

	test("the band stands at the counts that background alone would give", async () => {
		const result = await toyTest(2, data, model, { toys: 100_000 });
		// The counts at 2.3, 16, 50, 84 and 97.7 % of the Poisson distribution with mean 50.
		for (const [i, n] of [36, 43, 50, 57, 65].entries()) {
			// From 60 counts on the statistic is 0, and every experiment is as extreme.
			const [sb, b] = n < 60 ? [poissonBelow(n, 60), poissonBelow(n, 50)] : [1, 1];
			const bandPull = (value: number, error: number, truth: number) => Math.abs(pull(value, error, truth));
			expect(bandPull(result.expected[i]!, result.expectedError[i]!, sb / b)).toBeLessThan(4);
			expect(bandPull(result.expectedClsb[i]!, result.expectedClsbError[i]!, sb)).toBeLessThan(4);
			expect(bandPull(result.expectedClb[i]!, result.expectedClbError[i]!, b)).toBeLessThan(4);
		}
	});

	test("discovery: the p-value is the upper tail, CLb that of μ = 1", async () => {
		const excess = counting(66);
		const result = await toyTest(0, excess.data, excess.model, { toys: 100_000, testStatistic: "q0" });
		expect(Math.abs(pull(result.clsb, result.clsbError, poissonAbove(66, 50)))).toBeLessThan(4);
		expect(Math.abs(pull(result.clb, result.clbError, poissonAbove(66, 55)))).toBeLessThan(4);
		expect([result.cls, result.clsError]).toEqual([result.clsb, result.clsbError]);
		expect(result.expected).toEqual(result.expectedClsb);
		expect([result.tested.mu, result.alternative.mu]).toEqual([0, 1]);
	});

	test("where no toy is as extreme, the error is not 0 and CLs unknown", async () => {
		const deficit = counting(10);
		const result = await toyTest(2, deficit.data, deficit.model, { toys: 100 });
		expect([result.clsb, result.clb, result.cls, result.clsError]).toEqual([0, 0, undefined, undefined]);
		expect([result.clsbError, result.clbError]).toEqual([1 / 101, 1 / 101]);
	});

	test("several generating points reach where plain toys do not", async () => {
		const deficit = counting(40);
		const result = await toyTest(4, deficit.data, deficit.model, { toys: 20_000, points: 5 });
		// 8·10⁻⁵: one or two plain toys.
		const truth = poissonBelow(40, 70);
		expect(Math.abs(pull(result.clsb, result.clsbError, truth))).toBeLessThan(4);
		expect(result.clsbError).toBeLessThan(0.06 * truth);
		expect(result.tested.generatedAt).toEqual([4, 3, 2, 1, 0]);
		expect(Math.max(...result.tested.weights!)).toBeLessThan(5);
	});
});

describe("two bins with a background uncertainty", () => {
	const { model, data } = twoBins();
	const asymptotic = hypotest(1, data, model);

	test("agree with the asymptotic formulae", async () => {
		const result = await toyTest(1, data, model, { toys: 100_000 });
		// The formulae are off by a few per cent themselves; √2·10⁵ toys see as much.
		expect(result.cls).toBeCloseTo(asymptotic.cls, 2);
		expect(result.clsb).toBeCloseTo(asymptotic.clsb, 2);
		expect(result.clb).toBeCloseTo(asymptotic.clb, 1);
		expect(result.expected[2]).toBeCloseTo(asymptotic.expected[2], 2);
		expect(result.statistic).toBeCloseTo(asymptotic.statistic, 8);
	});

	test("are compared with them in their errors", async () => {
		const result = await toyTest(1, data, model, { toys: 2000 });
		const { cls, clsb, clb, expected } = compareWithAsymptotics(result, asymptotic);
		expect(cls).toEqual({
			toys: result.cls,
			error: result.clsError,
			asymptotic: asymptotic.cls,
			sigmas: (result.cls! - asymptotic.cls) / result.clsError!,
		});
		for (const { sigmas } of [cls, clsb, clb, expected[2]]) expect(Math.abs(sigmas!)).toBeLessThan(4);
		expect(compareWithAsymptotics({ ...result, cls: undefined, clsError: undefined }, asymptotic).cls).toEqual({
			toys: undefined,
			error: undefined,
			asymptotic: asymptotic.cls,
			sigmas: undefined,
		});
		expect(refusal(() => compareWithAsymptotics(result, hypotest(2, data, model)))).toMatch(
			/^OptionError other-test \| /,
		);
	});

	test("auxiliary data that do not fluctuate double CLs", async () => {
		const fixed = await toyTest(1, data, model, { toys: 50_000, auxiliary: "fixed" });
		const fluctuated = await toyTest(1, data, model, { toys: 50_000 });
		expect(Math.abs(pull(fixed.cls!, fixed.clsError!, 0.099))).toBeLessThan(4);
		expect(Math.abs(pull(fluctuated.cls!, fluctuated.clsError!, 0.054))).toBeLessThan(4);
		expect(fixed.clsError).toBeLessThan(0.0025);
		expect([fixed.auxiliary, fluctuated.auxiliary]).toEqual(["fixed", "fluctuated"]);
	});

	test("several generating points give the same with smaller errors", async () => {
		const plain = await toyTest(1.5, data, model, { toys: 50_000 });
		const weighted = await toyTest(1.5, data, model, { toys: 50_000, points: 3, seed: 1 });
		const apart = (a: number, aError: number, b: number, bError: number) =>
			Math.abs(a - b) / Math.hypot(aError, bError);
		expect(apart(plain.cls!, plain.clsError!, weighted.cls!, weighted.clsError!)).toBeLessThan(4);
		expect(weighted.clsError!).toBeLessThan(plain.clsError! / 3);
		for (const i of [0, 1, 2, 3] as const) {
			const [a, b] = [plain.expected[i], weighted.expected[i]];
			expect(apart(a, plain.expectedError[i], b, weighted.expectedError[i])).toBeLessThan(4);
		}
		expect(weighted.expectedError[0]).toBeLessThan(plain.expectedError[0] / 5);
	});

	test("the errors of the band are those of 100 studies", async () => {
		const results = [];
		for (let seed = 0; seed < 100; seed++)
			results.push(await toyTest(1, data, model, { toys: 1000, seed, workers: 0 }));
		for (const key of ["expected", "expectedClsb"] as const) {
			for (const i of [1, 2, 3] as const) {
				const values = results.map((result) => result[key][i]);
				const mean = values.reduce((sum, x) => sum + x) / 100;
				const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 99);
				const stated = results.reduce((sum, result) => sum + result[`${key}Error`][i], 0) / 100;
				expect(stated / spread, `${key} ${i}`).toBeGreaterThan(0.75);
				expect(stated / spread, `${key} ${i}`).toBeLessThan(1.35);
			}
		}
	});
});

describe("studies that end early", () => {
	const { model, data } = twoBins();

	test("an interrupted study has a result of the same shape", async () => {
		const study = planToyTest(1, data, model, { toys: 4000, seed: 9 });
		const controller = new AbortController();
		const shard = await makeToys(study, {
			workers: 0,
			signal: controller.signal,
			onProgress: ({ done }) => done > 4500 && controller.abort(),
		});
		const result = toyTestResult(study, shard);
		expect(result.complete).toBe(false);
		expect(result.tested.toys + result.alternative.toys).toBeLessThan(8000);
		// Gone on with, it is the whole one.
		const whole = toyTestResult(study, await makeToys(study, { shard, workers: 0 }));
		expect(whole).toEqual(await toyTest(1, data, model, { toys: 4000, seed: 9, workers: 0 }));
		expect(whole.complete).toBe(true);
	});

	test("until CLs is known to an accuracy, or far from the level", async () => {
		const accurate = await toyTest(1, data, model, { toys: 1_000_000, until: { accuracy: 0.005 } });
		expect(accurate.clsError).toBeLessThanOrEqual(0.005);
		expect(accurate.clsError).toBeGreaterThan(0.004);
		expect(accurate.complete).toBe(false);
		// CLs = 0.25 at μ = 0.6: a few hundred toys tell it from 0.05.
		const far = await toyTest(0.6, data, model, { toys: 1_000_000, until: { level: 0.05, sigmas: 3 } });
		expect(far.cls! - 0.05).toBeGreaterThan(3 * far.clsError!);
		expect(far.tested.toys).toBe(400);
	});

	test("they end at the same toy on any number of workers", async () => {
		const options = { toys: 100_000, until: { accuracy: 0.01 } };
		const [none, two] = [
			await toyTest(1, data, model, { ...options, workers: 0 }),
			await toyTest(1, data, model, { ...options, workers: 2 }),
		];
		expect(none.digest).toBe(two.digest);
		expect(none).toEqual(two);
	});

	test("there are never more toys than asked for", async () => {
		const result = await toyTest(1, data, model, { toys: 700, until: { accuracy: 1e-6 } });
		expect([result.tested.toys, result.complete]).toEqual([700, true]);
	});

	test("an aborted test is no result", async () => {
		const stopped = toyTest(1, data, model, { signal: AbortSignal.abort(new Error("enough")) });
		await expect(stopped).rejects.toThrow("enough");
	});
});

describe("toys whose fits fail", () => {
	const { model, data } = twoBins();

	test("are counted and kept apart", () => {
		const study = planToyTest(1, data, model, { toys: 4 });
		const statistics = Float64Array.of(0, Number.NaN, 5, 1);
		const piece = {
			first: 0,
			count: 4,
			statistics,
			statuses: Uint8Array.of(0, 2, 0, 0),
			lnWeights: new Float64Array(4),
		};
		const pieces = [0, 1].map((ensemble) => [{ ...piece, ensemble }]);
		const { tested, clsb, clbError } = toyTestResult(study, { study: study.digest, pieces });
		expect(tested.counts).toMatchObject({ converged: 3, stalled: 1, "iteration-limit": 0 });
		expect(tested.failures).toEqual([{ toy: 1, status: "stalled" }]);
		expect([...tested.statistics]).toEqual([0, 5, 1]);
		// 3.94 on the data: one of three that converged is as extreme.
		expect(clsb).toBe(1 / 3);
		expect(clbError).toBeCloseTo(Math.sqrt(2) / 3 / Math.sqrt(3), 14);
	});
});

describe("what is refused", () => {
	const { model, data } = twoBins();
	const plan = (mu: number, options: object) => refusal(() => planToyTest(mu, data, model, options));

	test.each<[string, () => string, string]>([
		["too few toys", () => plan(1, { toys: 0 }), "OptionError bad-toys"],
		["a seed that is no whole number", () => plan(1, { seed: 0.5 }), "OptionError bad-seed"],
		["auxiliary data of another kind", () => plan(1, { auxiliary: "none" }), "OptionError unknown-auxiliary"],
		["more points than toys", () => plan(1, { toys: 3, points: 4 }), "OptionError bad-points"],
		["a value outside the bounds", () => plan(11, {}), "OptionError poi-outside-bounds"],
		["q0 of something else than 0", () => plan(1, { testStatistic: "q0" }), "OptionError q0-not-zero"],
		["a fixed parameter of interest", () => plan(1, { fixed: { mu: 1 } }), "ModelError poi-fixed"],
	])("%s", (_, call, error) => {
		expect(call()).toMatch(new RegExp(`^${error} \\| `));
	});

	test.each([{}, { accuracy: 0 }, { level: 0.05 }, { level: 2, sigmas: 1 }, { accuracy: 0.1, level: 0.05, sigmas: 2 }])(
		"until %j",
		async (until) => {
			const answer = toyTest(1, data, model, { until: until as { accuracy: number } });
			await expect(answer).rejects.toMatchObject({ name: "OptionError", code: "bad-until" });
		},
	);

	test("toys of another study", async () => {
		const [one, other] = [1, 2].map((seed) => planToyTest(1, data, model, { toys: 10, seed }));
		const shard = await makeToys(other!, { workers: 0 });
		expect(refusal(() => toyTestResult(one!, shard))).toMatch(/^ToyError other-study \| /);
	});
});
