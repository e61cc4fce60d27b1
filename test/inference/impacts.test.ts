import { describe, expect, test } from "vitest";
import { fit } from "../../ts/inference/fit.js";
import { impacts } from "../../ts/inference/impacts.js";
import { refittedImpacts } from "../../ts/inference/refittedImpacts.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { sbottomA } from "./sbottomA.js";
import { counting, smallModel, twoBins } from "./smallModels.js";

const normfactor = (name: string) => ({ name, type: "normfactor" as const, data: null });

/** One bin of μ·10 + γ·50 + ν·20, with γ measured as 100 counts and ν as 1 ± 0.1: everything follows by hand. */
const byHand = smallModel(
	[
		{ name: "signal", data: [10], modifiers: [normfactor("mu")] },
		{ name: "background", data: [50], modifiers: [{ name: "gamma", type: "shapesys", data: [5] }] },
		{ name: "other", data: [20], modifiers: [{ name: "lumi", type: "lumi", data: null }] },
	],
	[90],
	{ parameters: [{ name: "lumi", auxdata: [1], sigmas: [0.1], inits: [1], bounds: [[0, 10]] }] },
);

describe("from the covariance", () => {
	const { model, data } = byHand;
	const result = impacts(data, model, fit(data, model));
	const sigma = Math.sqrt(90 / 100 + 25 / 100 + 4 / 100);

	test("components add up in squares to the uncertainty where rates are linear", () => {
		expect(result.poi).toBe("mu");
		expectClose(result.bestFit, 2, 1e-12);
		expectClose(result.uncertainty, sigma, 1e-12);
		expectClose(result.statistical, Math.sqrt(90) / 10, 1e-12);
		expectClose(result.systematic, Math.sqrt(0.25 + 0.04), 1e-12);
	});

	test("each nuisance parameter has its own, the largest first", () => {
		const [gamma, lumi] = result.ranking;
		expect([gamma!.parameter, lumi!.parameter, result.ranking.length]).toEqual(["gamma[0]", "lumi", 2]);
		// The data leave both as their constraints have them: 0.1 and 0.1, without a pull.
		for (const impact of result.ranking) {
			expectClose(impact.bestFit, 1, 1e-10);
			expectClose(impact.uncertainty, 0.1, 1e-10);
			expectClose(impact.constraint!, 1, 1e-10);
			expect(Math.abs(impact.pull!)).toBeLessThan(1e-8);
			expectClose(impact.prefit!, impact.postfit, 1e-10);
			expectClose(impact.global!, impact.postfit, 1e-8);
		}
		expectClose(gamma!.postfit, -0.5, 1e-12);
		expectClose(lumi!.postfit, -0.2, 1e-12);
	});

	test("what is fixed or held has none", () => {
		const fixed = impacts(data, model, fit(data, model, { fixed: { lumi: 1 } }));
		expect([fixed.leftOut, fixed.ranking.map(({ parameter }) => parameter)]).toEqual([["lumi"], ["gamma[0]"]]);
		const held = impacts(data, model, fit(data, model, { bounds: { lumi: [1.2, 2] } }));
		expect(held.leftOut).toEqual(["lumi"]);
	});

	test("without a constraint there is a post-fit impact only", () => {
		const free = smallModel(
			[
				{ name: "signal", data: [10, 0], modifiers: [normfactor("mu")] },
				{ name: "background", data: [50, 100], modifiers: [normfactor("k")] },
			],
			[70, 100],
		);
		const { ranking, statistical, uncertainty, systematic } = impacts(
			free.data,
			free.model,
			fit(free.data, free.model),
		);
		expect(ranking[0]).toMatchObject({ parameter: "k", pull: undefined, constraint: undefined, prefit: undefined });
		expect(ranking[0]!.global).toBe(undefined);
		// k = 1 ± 0.1, and μ = (70 − 50 k)/10.
		expectClose(ranking[0]!.postfit, -0.5, 1e-12);
		expectClose(statistical, uncertainty, 1e-12);
		expect(systematic).toBe(0);
	});

	test("another parameter can take the place of the parameter of interest", () => {
		const { poi, ranking } = impacts(data, model, fit(data, model), { poi: "gamma[0]" });
		expect([poi, ranking.map(({ parameter }) => parameter)]).toEqual(["gamma[0]", ["mu", "lumi"]]);
		expectClose(ranking[0]!.postfit, (-0.5 * 0.1) / sigma, 1e-12);
	});

	test("refuses a fit of other data, and one without an uncertainty", () => {
		const other = data.map((count) => count + 1);
		expect(refusal(() => impacts(other, model, fit(data, model)))).toBe(
			"OptionError foreign-fit | result: this is not a fit of this model to these data",
		);
		const stuck = counting(30);
		expect(refusal(() => impacts(stuck.data, stuck.model, fit(stuck.data, stuck.model)))).toMatch(
			/^ModelError no-uncertainty \| the fit has no uncertainty of mu/,
		);
		expect(refusal(() => refittedImpacts(stuck.data, stuck.model))).toMatch(/^ModelError no-uncertainty/);
		expect(refusal(() => impacts(data, model, fit(data, model), { poi: "nu" }))).toMatch(
			/^OptionError unknown-parameter/,
		);
	});

	test("refuses a model without a parameter of interest, unless told of one", () => {
		const bare = smallModel(
			[{ name: "background", data: [50], modifiers: [normfactor("k"), { name: "lumi", type: "lumi", data: null }] }],
			[55],
			{ poi: "", parameters: [{ name: "lumi", auxdata: [1], sigmas: [0.1], inits: [1], bounds: [[0, 10]] }] },
		);
		const best = fit(bare.data, bare.model);
		expect(refusal(() => impacts(bare.data, bare.model, best))).toBe(
			"ModelError no-poi | the model has no parameter of interest; name a parameter in options.poi",
		);
		expect(impacts(bare.data, bare.model, best, { poi: "k" }).ranking[0]!.parameter).toBe("lumi");
	});
});

describe("by fits", () => {
	test("agree with those from the covariance where the model is linear", () => {
		const { model, data } = byHand;
		const linear = impacts(data, model, fit(data, model));
		const { ranking, leftOut, uncertainty } = refittedImpacts(data, model);
		expect([leftOut, ranking.length]).toEqual([[], 2]);
		expectClose(uncertainty, linear.uncertainty, 1e-12);
		for (const [i, { postfit, prefit, ...pull }] of ranking.entries()) {
			expect(linear.ranking[i]).toMatchObject({ parameter: pull.parameter, pull: pull.pull });
			expectClose(postfit.up.impact, linear.ranking[i]!.postfit, 1e-9);
			expectClose(postfit.down.impact, -linear.ranking[i]!.postfit, 1e-9);
			expectClose(prefit!.up.impact, linear.ranking[i]!.prefit!, 1e-9);
			expectClose(postfit.up.value, 1.1, 1e-9);
		}
	});

	test("small steps of a published likelihood follow the covariance", () => {
		// A hundredth of a standard deviation, where every model is linear.
		const { model, data } = sbottomA();
		const bounds = { mu_SIG: [-10, 10] as const };
		const best = fit(data, model, { bounds });
		const poi = model.parameterNames.indexOf("mu_SIG");
		for (const { parameter, bestFit, uncertainty, postfit } of impacts(data, model, best).ranking.slice(0, 12)) {
			const at = (value: number) => fit(data, model, { bounds, fixed: { [parameter]: value } }).parameters[poi]!;
			const slope = (at(bestFit + 0.01 * uncertainty) - at(bestFit - 0.01 * uncertainty)) / 0.02;
			expectClose(slope, postfit, 1e-3, parameter);
		}
	});

	test("a bound in the way is said", () => {
		const { model, data } = twoBins([61, 60]);
		const name = "uncorr_bkguncrt[1]";
		const { ranking } = refittedImpacts(data, model, { bounds: { [name]: [0.5, 1.05], mu: [0, 1.05] } });
		const impact = ranking.find(({ parameter }) => parameter === name)!;
		expect(impact.postfit.up).toMatchObject({ value: 1.05, atBound: true });
		// Moved down, μ would go further up.
		expect(impact.postfit.down.atBound).toBe(true);
		expectClose(impact.postfit.down.impact, 1.05 - 0.8507732864727091, 1e-9);
	});

	test("progress and abort", () => {
		const { model, data } = byHand;
		const seen: (number | undefined)[][] = [];
		refittedImpacts(data, model, { onProgress: (...counts) => seen.push(counts) });
		expect(seen).toEqual([
			[1, 2],
			[2, 2],
		]);
		const signal = AbortSignal.abort(new Error("enough"));
		expect(() => refittedImpacts(data, model, { signal })).toThrow("enough");
	});
});

test("a published likelihood has the same impacts as ever", () => {
	const { model, data } = sbottomA();
	const best = fit(data, model, { bounds: { mu_SIG: [-10, 10] } });
	const { uncertainty, statistical, systematic, ranking } = impacts(data, model, best);
	for (const [value, expected] of [
		[uncertainty, 1.336469],
		[statistical, 0.953068],
		[systematic, 1.060752],
	] as const) {
		expectClose(value, expected, 1e-5);
	}
	const first = ranking.slice(0, 4).map(({ parameter, postfit }) => [parameter, postfit] as const);
	const expected = [
		["ttbar_PS", -1.061347],
		["ttbar_ISR_Down", 0.370529],
		["ttbar_ISR_Up", 0.33819],
		["mu_ttbar", -0.288951],
	] as const;
	expect(first.map(([name]) => name)).toEqual(expected.map(([name]) => name));
	for (const [i, [, impact]] of expected.entries()) expectClose(first[i]![1], impact, 1e-5);
});
