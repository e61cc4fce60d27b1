import { describe, expect, test } from "vitest";
import { fit } from "../../ts/inference/fit.js";
import { type IntervalOptions, intervals } from "../../ts/inference/intervals.js";
import { profile } from "../../ts/inference/profile.js";
import { Workspace } from "../../ts/workspace.js";
import { refusal } from "../refusal.js";
import { describeShared } from "../shared.js";
import { expectClose } from "../twin/close.js";
import { sbottomA } from "./sbottomA.js";
import { counting, smallModel, twoBins } from "./smallModels.js";

/** The two rates at which 2 (λ − n − n ln(λ/n)) has a value, by bisection. */
function poissonRates(count: number, rise: number): [number, number] {
	const deviance = (rate: number) => 2 * (rate - count - count * Math.log(rate / count)) - rise;
	const bisect = (inside: number, outside: number) => {
		let [low, high] = [inside, outside];
		for (let i = 0; i < 200; i++) {
			const middle = (low + high) / 2;
			if (deviance(middle) < 0) low = middle;
			else high = middle;
		}
		return low;
	};
	return [bisect(count, 1e-12), bisect(count, 10 * count + 100)];
}

describe("a counting experiment", () => {
	const { model, data } = counting(60, [{ name: "mu", bounds: [[-10, 100]] }]);

	test.each([
		[undefined, 1],
		[0.95, 3.841458820694124],
		[0.5, 0.454936423119572],
		[0.9973002039367398, 9],
	])("at confidence level %d has the exact roots of its deviance", (confidenceLevel, rise) => {
		const result = intervals(["mu"], data, model, confidenceLevel === undefined ? {} : { confidenceLevel });
		expectClose(result.deltaTwiceNll, rise, 1e-12);
		const [mu] = result.intervals;
		const [low, high] = poissonRates(60, rise);
		expectClose(mu!.lower, (low - 50) / 5, 1e-7);
		expectClose(mu!.upper, (high - 50) / 5, 1e-7);
		expect(mu).toMatchObject({ parameter: "mu", status: { lower: "found", upper: "found" }, others: [] });
		expectClose(mu!.bestFit, 2, 1e-12);
	});

	test("by default the rise is exactly 1, and the level says so", () => {
		const { confidenceLevel, deltaTwiceNll, lowerMinimum, searchPoints } = intervals(["mu"], data, model);
		expect({ confidenceLevel, deltaTwiceNll, lowerMinimum, searchPoints }).toEqual({
			confidenceLevel: 0.6826894921370859,
			deltaTwiceNll: 1,
			lowerMinimum: false,
			searchPoints: 0,
		});
	});

	test("a narrow range is not left, and its ends say so", () => {
		const [mu] = intervals(["mu"], data, model, { bounds: { mu: [1.5, 2.5] } }).intervals;
		expect([mu!.lower, mu!.upper, mu!.status]).toEqual([1.5, 2.5, { lower: "bound", upper: "bound" }]);
	});

	test("a best fit on its bound has the upper end that follows from the slope there", () => {
		const low = counting(30);
		const [mu] = intervals(["mu"], low.data, low.model).intervals;
		expect([mu!.bestFit, mu!.lower, mu!.status.lower]).toEqual([0, 0, "bound"]);
		const rise = (rate: number) => 2 * (rate - 50 - 30 * Math.log(rate / 50));
		expectClose(rise(50 + 5 * mu!.upper), 1, 1e-7);
	});
});

test("a Gaussian is symmetric", () => {
	const { model, data } = smallModel(
		[{ name: "background", data: [50], modifiers: [{ name: "lumi", type: "lumi", data: null }] }],
		[50],
		{ poi: "", parameters: [{ name: "lumi", auxdata: [1], sigmas: [1e-6], inits: [1], bounds: [[0, 10]] }] },
	);
	const [lumi] = intervals(["lumi"], data, model, { confidenceLevel: 0.9544997361036416 }).intervals;
	expectClose(lumi!.upper - 1, 2e-6, 1e-5);
	expectClose(1 - lumi!.lower, 2e-6, 1e-5);
});

describe("several parameters", () => {
	const { model, data } = twoBins([61, 60]);

	test("by label and by set, each once, in the order asked for", () => {
		const names = (parameters: string[]) =>
			intervals(parameters, data, model).intervals.map(({ parameter }) => parameter);
		expect(names(["uncorr_bkguncrt", "mu", "uncorr_bkguncrt[0]"])).toEqual([
			"uncorr_bkguncrt[0]",
			"uncorr_bkguncrt[1]",
			"mu",
		]);
	});

	test("fixed ones of a set are passed over, and one alone is refused", () => {
		const fixed = { fixed: { "uncorr_bkguncrt[0]": 1 } };
		expect(intervals(["uncorr_bkguncrt"], data, model, fixed).intervals.map(({ parameter }) => parameter)).toEqual([
			"uncorr_bkguncrt[1]",
		]);
		expect(refusal(() => intervals(["mu", "uncorr_bkguncrt[0]"], data, model, fixed))).toBe(
			'OptionError fixed-parameter | parameters[1]: uncorr_bkguncrt[0] is fixed, so it has no profile; free it with { fixed: { "uncorr_bkguncrt[0]": false } }',
		);
	});

	test("the ends do not depend on what else is asked for, nor on the bounds beyond them", () => {
		const [alone] = intervals(["mu"], data, model).intervals;
		expect(intervals(["uncorr_bkguncrt", "mu"], data, model).intervals[2]).toEqual(alone);
		for (const upper of [2, 50, 1e6]) {
			const [mu] = intervals(["mu"], data, model, { bounds: { mu: [0, upper] } }).intervals;
			expectClose(mu!.upper, alone!.upper, 1e-9);
			expectClose(mu!.lower, alone!.lower, 1e-9);
		}
	});

	test("the minimum that they are relative to comes along", () => {
		const { parameters, twiceNll } = intervals(["mu"], data, model);
		const best = fit(data, model);
		expect([...parameters]).toEqual([...best.parameters]);
		expectClose(twiceNll, best.twiceNll, 1e-13);
	});

	test("progress and abort", () => {
		const seen: (number | undefined)[][] = [];
		intervals(["mu", "uncorr_bkguncrt"], data, model, { onProgress: (...counts) => seen.push(counts) });
		expect(seen).toEqual([
			[1, 3],
			[2, 3],
			[3, 3],
		]);
		const signal = AbortSignal.abort(new Error("enough"));
		expect(() => intervals(["mu"], data, model, { signal })).toThrow("enough");
	});

	test.each<[string, readonly string[], IntervalOptions, string]>([
		["no parameter", [], {}, "OptionError no-parameters | parameters: give at least one parameter"],
		[
			"an unknown one",
			["nu"],
			{},
			'OptionError unknown-parameter | parameters[0]: the model has no parameter "nu"; did you mean mu?',
		],
		[
			"a level in per cent",
			["mu"],
			{ confidenceLevel: 95 },
			"OptionError bad-confidence-level | options.confidenceLevel: expected a number between 0 and 1, like 0.95, found 95",
		],
		[
			"half a point",
			["mu"],
			{ searchPoints: 0.5 },
			"OptionError bad-search-points | options.searchPoints: expected a whole number, found 0.5",
		],
		[
			"a search without end",
			["mu"],
			{ searchPoints: 10, bounds: { mu: [0, Number.POSITIVE_INFINITY] } },
			"OptionError infinite-bounds | options.searchPoints: values between the bounds of mu can only be searched where these are finite; give options.bounds",
		],
	])("refuse %s", (_, parameters, options, message) => {
		expect(refusal(() => intervals(parameters, data, model, options))).toBe(message);
	});
});

/**
 * α moves a background of 5000 up to either side of 0, and 5500 are observed: a minimum on either side. A second bin, which
 * goes up with α and has 110 counts, makes the one above 0 the lower one.
 */
function twoMinima(start: number) {
	const alpha = { name: "alpha", type: "histosys" as const, data: { lo_data: [6000, 99], hi_data: [6000, 101] } };
	return smallModel([{ name: "background", data: [5000, 100], modifiers: [alpha] }], [5500, 110], {
		poi: "",
		parameters: [{ name: "alpha", inits: [start] }],
		interpolation: { histosys: "code2" as const },
	});
}

describe("two minima", () => {
	test("the interval is connected; the region around the other is found when asked for", () => {
		const { model, data } = twoMinima(0.5);
		const [alone] = intervals(["alpha"], data, model, { confidenceLevel: 0.95 }).intervals;
		expect(alone!.lower).toBeGreaterThan(0.5);
		expect(alone!.others).toEqual([]);
		const found = intervals(["alpha"], data, model, { confidenceLevel: 0.95, searchPoints: 401 });
		const [{ others, ...same }] = found.intervals as [(typeof found.intervals)[0]];
		expect({ ...same, others: [] }).toEqual(alone);
		expect([others.length, found.searchPoints, found.lowerMinimum]).toEqual([1, 401, false]);
		const [other] = others;
		const { points } = profile("alpha", [other!.lower, other!.upper], data, model);
		for (const { deltaTwiceNll } of points) expectClose(deltaTwiceNll, found.deltaTwiceNll, 1e-6);
		expect(other!.upper).toBeLessThan(-0.5);
	});

	test("a lower minimum that turns up is taken for all, and said", () => {
		const { model, data } = twoMinima(-0.5);
		const stuck = intervals(["alpha"], data, model);
		expect(stuck.intervals[0]!.upper).toBeLessThan(0);
		const found = intervals(["alpha"], data, model, { searchPoints: 401 });
		expect(found.lowerMinimum).toBe(true);
		expect(found.twiceNll).toBeLessThan(stuck.twiceNll - 0.1);
		const direct = intervals(["alpha"], twoMinima(0.5).data, twoMinima(0.5).model);
		expectClose(found.intervals[0]!.lower, direct.intervals[0]!.lower, 1e-8);
		expectClose(found.intervals[0]!.upper, direct.intervals[0]!.upper, 1e-8);
	});
});

describe("a published likelihood", () => {
	const { model, data } = sbottomA();
	const bounds = { mu_SIG: [-10, 10] as const };

	// The profile on a grid around an end; linear interpolation of its root on a fine grid is good to (spacing/width)².
	test.each(["mu_SIG", "mu_ttbar"])("the ends of %s are where a fine scan crosses", (name) => {
		const [interval] = intervals([name], data, model, { bounds }).intervals;
		for (const end of ["lower", "upper"] as const) {
			const value = interval![end];
			const half = 0.02 * (value - interval!.bestFit);
			const values = Array.from({ length: 9 }, (_, i) => value + (half * (i - 4)) / 4);
			const { points } = profile(name, values, data, model, { bounds });
			const outward = end === "lower" ? [...points].reverse() : points;
			const next = outward.findIndex(({ deltaTwiceNll }) => deltaTwiceNll >= 1);
			const [before, after] = [outward[next - 1]!, outward[next]!];
			const [a, b] = [before, after].map(({ deltaTwiceNll }) => Math.sqrt(deltaTwiceNll)) as [number, number];
			const crossing = before.value + ((after.value - before.value) * (1 - a)) / (b - a);
			expect(Math.abs(crossing - value) / Math.abs(value - interval!.bestFit)).toBeLessThan(1e-5);
		}
	});

	test("has the same intervals as ever", () => {
		const result = intervals(["ttbar_PS", "mu_SIG", "mu_ttbar"], data, model, { bounds });
		const ends = result.intervals.map(({ parameter, bestFit, lower, upper }) => [parameter, bestFit, lower, upper]);
		const expected = [
			["ttbar_PS", 0.100008, -0.99342, 0.672027],
			["mu_SIG", -0.847397, -2.275293, 0.280834],
			["mu_ttbar", 0.969774, 0.880047, 1.062609],
		];
		expect(ends.map(([name]) => name)).toEqual(expected.map(([name]) => name));
		for (const [i, row] of expected.entries()) {
			for (const k of [1, 2, 3]) expect(Math.abs((ends[i]![k] as number) - (row[k] as number))).toBeLessThan(1e-6);
		}
	});
});

describeShared("published likelihoods with several minima", (shared) => {
	test("a lower minimum than the free fit's turns up on the way and is taken", () => {
		const workspace = Workspace.parse(shared.workspace("SModelS_smodels-utils/SUSY-2018-04_stau_with_bsm.json"));
		const model = workspace.model();
		const data = workspace.data(model);
		const result = intervals(["mu_SIG"], data, model);
		expect([result.lowerMinimum, result.searchPoints]).toEqual([true, 41]);
		expect(result.twiceNll).toBeLessThan(fit(data, model).twiceNll - 1e-3);
		const [mu] = result.intervals;
		expect([mu!.bestFit, mu!.lower, mu!.status]).toEqual([0, 0, { lower: "bound", upper: "found" }]);
		expectClose(mu!.upper, 1.172037175314901, 1e-7);
	});
});
