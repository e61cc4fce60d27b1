import { describe, expect, test } from "vitest";
import { type FitOptions, fit } from "../../ts/inference/fit.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { counting, smallModel, twoBins } from "./smallModels.js";

describe("a counting experiment", () => {
	test("has its minimum where rate and count agree, with the Poisson uncertainty", () => {
		const { model, data } = counting(60);
		const best = fit(data, model);
		expectClose(best.parameters[0]!, 2, 1e-14);
		expectClose(best.uncertainties[0]!, Math.sqrt(60) / 5, 1e-13);
		// −2 ln Poisson(60|60)
		expectClose(best.twiceNll, 5.934999380691181, 1e-12);
		expect(best.status).toBe("converged");
		expect(best.edm).toBeLessThan(1e-15);
		expect(Object.isFrozen(best)).toBe(true);
	});

	test("is held at its bound where the count is too low", () => {
		const { model, data } = counting(30);
		const best = fit(data, model);
		expect([...best.parameters, ...best.uncertainties, ...best.correlation]).toEqual([0, 0, 0]);
		expect(best.atBound).toEqual(["lower"]);
		expect(best.fixed).toEqual([false]);
	});

	test("is held at its upper bound where the count is too high", () => {
		const { model, data } = counting(130);
		const best = fit(data, model);
		expect([best.parameters[0], best.atBound[0]]).toEqual([10, "upper"]);
		expectClose(fit(data, model, { bounds: { mu: [0, 100] } }).parameters[0]!, 16, 1e-13);
	});
});

describe("correlations", () => {
	test("are those of the inverse Hessian", () => {
		// One bin of μ·s + k·b with k constrained to 1 ± 0.1: cov(μ, k) = −(b/s)·0.01, var(μ) = (n + (0.1 b)²)/s².
		const { model, data } = smallModel(
			[
				{ name: "signal", data: [10], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{ name: "background", data: [100], modifiers: [{ name: "lumi", type: "lumi", data: null }] },
			],
			[110],
			{ parameters: [{ name: "lumi", auxdata: [1], sigmas: [0.1], inits: [1], bounds: [[0, 10]] }] },
		);
		const { parameterNames, uncertainties, correlation } = fit(data, model);
		expect(parameterNames).toEqual(["lumi", "mu"]);
		expectClose(uncertainties[0]!, 0.1, 1e-12);
		const sigma = Math.sqrt(110 + 100) / 10;
		expectClose(uncertainties[1]!, sigma, 1e-12);
		expectClose(correlation[1]!, -0.1 / (sigma * 0.1), 1e-11);
		expect([correlation[0], correlation[3], correlation[2]]).toEqual([1, 1, correlation[1]]);
	});

	test("an undetermined parameter is infinite, named by that, and leaves the others alone", () => {
		const norm = (name: string) => ({ name, type: "normfactor" as const, data: null });
		const { model, data } = smallModel(
			[
				{ name: "empty", data: [0, 0], modifiers: [norm("nothing")] },
				{ name: "signal", data: [10, 0], modifiers: [norm("mu")] },
				{ name: "background", data: [0, 20], modifiers: [norm("a"), norm("b")] },
			],
			[20, 25],
		);
		const { parameterNames, parameters, uncertainties, correlation } = fit(data, model);
		expect(parameterNames).toEqual(["a", "b", "nothing", "mu"]);
		expect([...uncertainties.subarray(0, 3)]).toEqual([Infinity, Infinity, Infinity]);
		expectClose(parameters[0]! * parameters[1]!, 1.25, 1e-9);
		expectClose(parameters[3]!, 2, 1e-12);
		expectClose(uncertainties[3]!, Math.sqrt(20) / 10, 1e-12);
		expect(correlation[1]).toBe(0);
	});
});

describe("kinks of the piecewise codes", () => {
	const kinked = (observed: number) =>
		smallModel(
			[
				{
					name: "background",
					data: [50],
					modifiers: [{ name: "shape", type: "histosys", data: { lo_data: [60], hi_data: [55] } }],
				},
			],
			[observed],
			{ poi: "", interpolation: { histosys: "code0" as const } },
		);

	test("hold a parameter where the likelihood rises to either side", () => {
		const { model, data } = kinked(45);
		const best = fit(data, model);
		expect([best.parameters[0], best.uncertainties[0], best.atBound[0]]).toEqual([0, 0, "kink"]);
	});

	test("let it go where one side leads down, to the steeper one", () => {
		const { model, data } = kinked(70);
		const best = fit(data, model);
		expect(best.parameters[0]).toBeLessThan(-1);
		expect(best.atBound[0]).toBe(undefined);
	});
});

describe("options", () => {
	const { model, data } = twoBins([61, 60]);

	test("fix a parameter at a value, at its start, and all of a set", () => {
		const atOne = fit(data, model, { fixed: { mu: 1 } });
		expect([atOne.parameters[0], atOne.uncertainties[0], atOne.fixed]).toEqual([1, 0, [true, false, false]]);
		expect(fit(data, model, { fixed: { mu: true }, init: { mu: 1 } }).parameters).toEqual(atOne.parameters);
		const stiff = fit(data, model, { fixed: { uncorr_bkguncrt: 1 } });
		expect([...stiff.parameters.subarray(1)]).toEqual([1, 1]);
		const one = fit(data, model, { fixed: { "uncorr_bkguncrt[1]": 1.05 } });
		expect([one.fixed, one.parameters[2]]).toEqual([[false, false, true], 1.05]);
	});

	test("free what the model fixes", () => {
		const fixed = counting(60, [{ name: "mu", inits: [1], fixed: true }]);
		expect(fit(fixed.data, fixed.model).parameters[0]).toBe(1);
		expectClose(fit(fixed.data, fixed.model, { fixed: { mu: false } }).parameters[0]!, 2, 1e-13);
	});

	test("narrower bounds move the start and hold the fit", () => {
		const best = fit(data, model, { bounds: { mu: [2, 3] } });
		expect([best.parameters[0], best.atBound[0]]).toEqual([2, "lower"]);
	});

	test("do not change the model", () => {
		expect([...model.init]).toEqual([1, 1, 1]);
		expect(model.bounds[0]).toEqual([0, 10]);
	});

	test.each<[string, FitOptions, string]>([
		[
			"an unknown parameter",
			{ fixed: { muu: 1 } },
			'OptionError unknown-parameter | options.fixed.muu: the model has no parameter "muu"; did you mean mu?',
		],
		[
			"an unknown parameter far from any",
			{ init: { luminosity: 1 } },
			'OptionError unknown-parameter | options.init.luminosity: the model has no parameter "luminosity"; see model.parameterNames',
		],
		[
			"a value outside the bounds",
			{ fixed: { mu: 11 } },
			'OptionError outside-bounds | options.fixed.mu: 11 lies outside the bounds 0 to 10; widen them with { bounds: { "mu": [lower, upper] } }',
		],
		[
			"a value that is no number",
			{ init: { mu: Number.NaN } },
			"OptionError not-a-number | options.init.mu: expected a number, found NaN",
		],
		[
			"bounds the wrong way round",
			{ bounds: { mu: [3, 2] } },
			"OptionError bad-bounds | options.bounds.mu: expected [lower, upper] with lower not above upper",
		],
		[
			"bounds that are none",
			{ bounds: { mu: [1] as unknown as [number, number] } },
			"OptionError bad-bounds | options.bounds.mu: expected [lower, upper] with lower not above upper",
		],
		[
			"a limit of iterations that is none",
			{ maxIterations: 0 },
			"OptionError bad-iterations | options.maxIterations: expected a positive whole number, found 0",
		],
		[
			"a key that every object has",
			{ fixed: JSON.parse('{"__proto__": 1}') },
			'OptionError unknown-parameter | options.fixed.__proto__: the model has no parameter "__proto__"; see model.parameterNames',
		],
	])("refuse %s", (_, options, message) => {
		expect(refusal(() => fit(data, model, options))).toBe(message);
	});
});

describe("fits that cannot succeed throw, with the reason", () => {
	test("too few iterations", () => {
		const { model, data } = twoBins([61, 60]);
		expect(refusal(() => fit(data, model, { maxIterations: 1 }))).toBe(
			"FitError iteration-limit | fit: the fit reached its iteration limit before the minimum; raise options.maxIterations, or give other start values",
		);
	});

	test("data that the model cannot give", () => {
		const { model, data } = smallModel(
			[{ name: "signal", data: [5, 0], modifiers: [{ name: "mu", type: "normfactor", data: null }] }],
			[4, 1],
		);
		expect(refusal(() => fit(data, model))).toMatch(/^FitError outside-domain \| fit: no parameter values were found/);
	});

	test("a start outside the domain is no reason, if there is a way in", () => {
		// At α = 0 the rate is −2 in a bin with 12 counts.
		const { model, data } = smallModel(
			[
				{
					name: "subtracted",
					data: [-2],
					modifiers: [{ name: "shape", type: "histosys", data: { lo_data: [-12], hi_data: [8] } }],
				},
			],
			[12],
			{ poi: "" },
		);
		const best = fit(data, model);
		expect(model.expected(best.parameters)[0]).toBeGreaterThan(8);
	});
});

describe("several starts", () => {
	// The smallest model with two minima: a normsys {0.8, 1.02} of code 4 on 100 events, 300 observed.
	const { model, data } = smallModel(
		[{ name: "background", data: [100], modifiers: [{ name: "alpha", type: "normsys", data: { lo: 0.8, hi: 1.02 } }] }],
		[300],
		{ poi: "" },
	);
	const options = { bounds: { alpha: [-10, 10] } } as const;

	test("know both minima and say which start led to the lowest", () => {
		const one = fit(data, model, options);
		expect([one.minima.length, one.improved]).toEqual([1, false]);
		const many = fit(data, model, { ...options, starts: 8 });
		expect(many.minima.length).toBe(2);
		expect(many.minima[0]).toBe(many.twiceNll);
		expect(many.improved).toBe(one.twiceNll > many.twiceNll + 1);
		expectClose(many.minima[1]! - many.minima[0]!, 7.06, 1e-2);
	});

	test("are a positive whole number", () => {
		expect(refusal(() => fit(data, model, { starts: 0 }))).toBe(
			"OptionError bad-starts | options.starts: expected a positive whole number, found 0",
		);
	});
});

describe("the edge of the domain", () => {
	test("a rate that ends at 0 in a bin without counts is a minimum", () => {
		// s = 3, b = 2, nothing observed, μ ≥ −5: −2 ln L = 2(3μ + 2) falls up to μ = −2/3.
		const { model, data } = smallModel(
			[
				{ name: "signal", data: [3], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{ name: "background", data: [2], modifiers: [] },
			],
			[0],
			{ parameters: [{ name: "mu", bounds: [[-5, 10]] }] },
		);
		const best = fit(data, model);
		expectClose(best.parameters[0]!, -2 / 3, 1e-12);
		expect(best.twiceNll).toBeLessThan(1e-11);
		expect(best.emptyRates).toEqual([0]);
		expect(best.uncertainties[0]).toBeLessThan(1e-3);
	});
});
