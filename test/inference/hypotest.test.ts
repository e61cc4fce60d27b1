import { describe, expect, test } from "vitest";
import { hypotest } from "../../ts/inference/hypotest.js";
import { scan } from "../../ts/inference/scan.js";
import { testStatistic } from "../../ts/inference/testStatistic.js";
import { Workspace } from "../../ts/workspace.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { counting, smallModel, twoBins } from "./smallModels.js";

/** −2 ln of the ratio of Poisson(n|λ) to its largest value. */
const deviance = (n: number, rate: number) => 2 * (rate - n + n * Math.log(n / rate));

describe("a counting experiment, by hand", () => {
	const { model, data } = counting(52);
	// μ̂ = 0.4; Asimov data at μ = 0 hold 50 counts.
	const q = deviance(52, 60);
	const qAsimov = deviance(50, 60);

	test("statistics", () => {
		const { statistic, statisticAsimov, muHat } = hypotest(2, data, model);
		expectClose(statistic, q, 1e-12);
		expectClose(statisticAsimov, qAsimov, 1e-12);
		expectClose(muHat, 0.4, 1e-13);
	});

	test("q̃ and q agree below q_A and have p-values of their own beyond it", () => {
		const of = (testStatistic: "q" | "qtilde", { data, model } = counting(52)) =>
			hypotest(2, data, model, { testStatistic });
		expect({ ...of("qtilde"), testStatistic: "" }).toEqual({ ...of("q"), testStatistic: "" });
		// 40 counts: √q = 2.3269 > √q_A = 1.3296. 1 − Φ((q + q_A)/(2√q_A)) and 1 − Φ(√q).
		expectClose(of("qtilde", counting(40)).clsb, 0.0034581149047306753, 1e-10);
		expectClose(of("q", counting(40)).clsb, 0.009986370332541267, 1e-10);
	});

	test("the statistic vanishes above the tested value, and CLs is 1 where nothing is tested", () => {
		expect(hypotest(0.3, data, model).statistic).toBe(0);
		const nothing = hypotest(0, data, model);
		expect([nothing.cls, ...nothing.expected]).toEqual([1, 1, 1, 1, 1, 1]);
	});

	test("discovery: p₀ is that of √q₀", () => {
		const excess = counting(75);
		const { cls, clsb, statistic } = hypotest(0, excess.data, excess.model, { testStatistic: "q0" });
		expectClose(statistic, deviance(75, 50), 1e-12);
		expect(cls).toBe(clsb);
		// 1 − Φ(√q₀), √q₀ = 3.2893.
		expectClose(cls, 0.0005021108434406517, 1e-10);
	});

	test("the band is ascending and frozen", () => {
		const { expected } = hypotest(2, data, model);
		expect([...expected].sort((a, b) => a - b)).toEqual(expected);
		expect(Object.isFrozen(expected)).toBe(true);
	});
});

describe("what cannot be tested", () => {
	const { model, data } = twoBins();

	test.each<[string, () => unknown, string]>([
		[
			"a value outside the bounds",
			() => hypotest(11, data, model),
			"OptionError poi-outside-bounds | mu: mu = 11 cannot be tested: it lies outside the bounds 0 to 10; widen them with { bounds: { mu: [lower, upper] } }",
		],
		[
			"no value",
			() => hypotest(Number.NaN, data, model),
			"OptionError poi-outside-bounds | mu: mu = NaN cannot be tested: it lies outside the bounds 0 to 10; widen them with { bounds: { mu: [lower, upper] } }",
		],
		[
			"an unknown statistic",
			() => hypotest(1, data, model, { testStatistic: "tmu" as "q" }),
			'OptionError unknown-test-statistic | options.testStatistic: there is no test statistic "tmu"; choose one of q0, q, qtilde',
		],
		[
			"a fixed parameter of interest",
			() => hypotest(1, data, model, { fixed: { mu: true } }),
			"ModelError poi-fixed | the parameter of interest mu is fixed, so it cannot be tested; free it with { fixed: { mu: false } }",
		],
		[
			"bounds without the background",
			() => hypotest(1, data, model, { bounds: { mu: [0.5, 3] } }),
			"ModelError asimov-outside-bounds | the Asimov data need mu = 0, outside its bounds 0.5 to 3; widen them with options.bounds",
		],
		["an empty scan", () => scan([], data, model), "OptionError no-points | mus: give at least one value to test"],
		[
			"q0 elsewhere",
			() => testStatistic("q0", 1, data, model),
			"OptionError q0-not-zero | mu: q0 tests the background alone, mu = 0, not 1",
		],
	])("%s", (_, call, message) => {
		expect(refusal(call)).toBe(message);
	});

	test("a model without the parameter of interest says where it may come from", () => {
		const background = smallModel(
			[{ name: "background", data: [50], modifiers: [{ name: "k", type: "normfactor", data: null }] }],
			[52],
			{ poi: "mu_SIG" },
		);
		expect(refusal(() => hypotest(1, background.data, background.model))).toBe(
			"ModelError no-poi | the measurement's parameter of interest, mu_SIG, is in no sample: a signal patch may bring it, as with the background-only likelihoods of HEPData",
		);
	});

	test("background alone, where it is impossible", () => {
		const { model, data } = smallModel(
			[{ name: "signal", data: [5], modifiers: [{ name: "mu", type: "normfactor", data: null }] }],
			[5],
		);
		expect(refusal(() => hypotest(1, data, model))).toMatch(
			/^FitError outside-domain \| fits before any test, free and at mu = 0: no parameter values/,
		);
	});
});

describe("test statistics with their fits", () => {
	const { model, data } = counting(52);

	test("t is two-sided, q one-sided", () => {
		expectClose(testStatistic("t", 0.1, data, model).value, deviance(52, 50.5), 1e-9);
		expect(testStatistic("q", 0.1, data, model).value).toBe(0);
		expectClose(testStatistic("q", 2, data, model).value, deviance(52, 60), 1e-11);
		expectClose(testStatistic("q0", 0, data, model).value, deviance(52, 50), 1e-9);
	});

	test("the tilde is the lower bound at 0", () => {
		const low = counting(40);
		const wide = testStatistic("t", 1, low.data, low.model, { bounds: { mu: [-5, 10] } });
		const tilde = testStatistic("ttilde", 1, low.data, low.model);
		expectClose(wide.value, deviance(40, 55), 1e-11);
		expectClose(tilde.value, deviance(40, 55) - deviance(40, 50), 1e-11);
		expect(tilde.free.atBound).toEqual(["lower"]);
	});
});

describe("scans", () => {
	const { model, data } = twoBins();

	test("are sorted, and each point is the test of its value", () => {
		const { poi, points } = scan([2, 0.5, 1], data, model);
		expect(poi).toBe("mu");
		expect(points.map(({ mu }) => mu)).toEqual([0.5, 1, 2]);
		for (const point of points) expect(point).toEqual(hypotest(point.mu, data, model));
	});

	test("give the same bits again, on another model of the same workspace too", () => {
		const mus = Array.from({ length: 21 }, (_, i) => i / 4);
		const again = twoBins();
		expect(scan(mus, again.data, again.model)).toEqual(scan(mus, data, model));
	});

	test("report progress and stop when told", () => {
		const seen: (readonly [number, number | undefined])[] = [];
		scan([1, 2, 3], data, model, { onProgress: (...progress) => seen.push(progress) });
		expect(seen).toEqual([
			[1, 3],
			[2, 3],
			[3, 3],
		]);
		const controller = new AbortController();
		const stop = () => controller.abort(new Error("enough"));
		expect(() => scan([1, 2, 3], data, model, { signal: controller.signal, onProgress: stop })).toThrow("enough");
	});
});

test("a second, lower free minimum that a test comes upon counts for all points", () => {
	// pyhf's coupledhistosys case is bimodal under code 0.
	const workspace = Workspace.parse({
		channels: [
			{
				name: "a",
				samples: [
					{ name: "signal", data: [20, 10], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
					{
						name: "bkg",
						data: [100, 150],
						modifiers: [{ name: "x", type: "histosys", data: { lo_data: [60, 160], hi_data: [125, 120] } }],
					},
				],
			},
		],
		observations: [{ name: "a", data: [120, 180] }],
		measurements: [{ name: "main", config: { poi: "mu", parameters: [] } }],
		version: "1.0.0",
	});
	const model = workspace.model({ interpolation: { histosys: "code0" } });
	const { points } = scan([0, 0.5, 1, 2, 4, 8], workspace.data(model), model);
	for (const { statistic, muHat } of points) {
		expect(statistic).toBeGreaterThanOrEqual(0);
		expect(muHat).toBe(points[0]!.muHat);
	}
});
