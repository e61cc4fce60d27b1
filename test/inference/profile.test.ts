import { describe, expect, test } from "vitest";
import { fit } from "../../ts/inference/fit.js";
import { type ProfileResult, profile } from "../../ts/inference/profile.js";
import type { ProfileOptions } from "../../ts/inference/profileLikelihood.js";
import { testStatistic } from "../../ts/inference/testStatistic.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { sbottomA } from "./sbottomA.js";
import { counting, twoBins } from "./smallModels.js";

test("a count has its deviance as profile", () => {
	const { model, data } = counting(60);
	const { parameter, bestFit, points, lowerMinimum } = profile("mu", [4, 0, 2, 10], data, model);
	expect([parameter, lowerMinimum, points.map(({ value }) => value)]).toEqual(["mu", false, [0, 2, 4, 10]]);
	expectClose(bestFit, 2, 1e-13);
	for (const { value, deltaTwiceNll, parameters } of points) {
		const rate = 50 + 5 * value;
		expect(Math.abs(deltaTwiceNll - 2 * (rate - 60 - 60 * Math.log(rate / 60)))).toBeLessThan(1e-12);
		expect([...parameters]).toEqual([value]);
	}
});

test("points are conditional fits, and differ from the free one by what the test statistic says", () => {
	const { model, data } = twoBins([61, 60]);
	for (const { value, deltaTwiceNll, parameters } of profile("mu", [0, 0.3, 1.7, 6], data, model).points) {
		const constrained = fit(data, model, { fixed: { mu: value } });
		for (const [i, at] of parameters.entries()) expectClose(at, constrained.parameters[i]!, 1e-7);
		expectClose(deltaTwiceNll, testStatistic("t", value, data, model).value, 1e-9);
	}
});

test("a point has the same bits alone and among others, in any order", () => {
	const { model, data } = sbottomA();
	const bounds = { mu_SIG: [-10, 10] as const };
	const at = (values: number[]) => profile("mu_SIG", values, data, model, { bounds });
	const bits = ({ points }: ProfileResult) => points.map((point) => [point.deltaTwiceNll, ...point.parameters]);
	const values = [-2, -0.5, 0, 0.25, 1.5];
	const together = bits(at(values));
	expect(bits(at([...values].reverse()))).toEqual(together);
	expect(values.flatMap((value) => bits(at([value])))).toEqual(together);
});

describe("options", () => {
	const { model, data } = twoBins([61, 60]);

	test("progress and abort", () => {
		const seen: (number | undefined)[][] = [];
		profile("mu", [1, 2], data, model, { onProgress: (...counts) => seen.push(counts) });
		expect(seen).toEqual([
			[1, 2],
			[2, 2],
		]);
		const signal = AbortSignal.abort(new Error("enough"));
		expect(() => profile("mu", [1], data, model, { signal })).toThrow("enough");
	});

	test.each<[string, string, number[], ProfileOptions, string]>([
		["no value", "mu", [], {}, "OptionError no-points | values: give at least one value"],
		[
			"a value outside the bounds",
			"mu",
			[1, 11],
			{},
			'OptionError outside-bounds | values: mu = 11 lies outside the bounds 0 to 10; widen them with { bounds: { "mu": [lower, upper] } }',
		],
		[
			"not a number",
			"mu",
			[Number.NaN],
			{},
			'OptionError outside-bounds | values: mu = NaN lies outside the bounds 0 to 10; widen them with { bounds: { "mu": [lower, upper] } }',
		],
		[
			"a set of several",
			"uncorr_bkguncrt",
			[1],
			{},
			"OptionError several-parameters | parameter: uncorr_bkguncrt stands for several parameters; name one, uncorr_bkguncrt[0] to uncorr_bkguncrt[1]",
		],
		[
			"a fixed parameter",
			"mu",
			[1],
			{ fixed: { mu: 1 } },
			'OptionError fixed-parameter | parameter: mu is fixed, so it has no profile; free it with { fixed: { "mu": false } }',
		],
	])("refuse %s", (_, parameter, values, options, message) => {
		expect(refusal(() => profile(parameter, values, data, model, options))).toBe(message);
	});

	test("a free fit that fails says so", () => {
		expect(refusal(() => profile("mu", [1], data, model, { maxIterations: 1 }))).toMatch(
			/^FitError iteration-limit \| free fit: /,
		);
	});
});
