import { describe, expect, test } from "vitest";
import { fit } from "../../ts/inference/fit.js";
import { goodnessOfFit, goodnessOfFitResult, makeToys, planGoodnessOfFit, planToyTest } from "../../ts/toys/index.js";
import { Workspace } from "../../ts/workspace.js";
import { counting, smallModel, twoBins } from "../inference/smallModels.js";
import { refusal } from "../refusal.js";
import { poissonMass } from "./poissonTails.js";

const normfactor = (name: string) => ({ name, type: "normfactor" as const, data: null });

describe("the p-value of the deviance", () => {
	test("is the exact one of a counting experiment without free parameters", async () => {
		const { model, data } = counting(62);
		const result = await goodnessOfFit(data, model, { toys: 100_000, fixed: { mu: 0 } });
		const deviance = (n: number) => 2 * (50 - n + (n > 0 ? n * Math.log(n / 50) : 0));
		expect(result.deviance).toBeCloseTo(deviance(62), 11);
		let truth = 0;
		for (let n = 0; n < 300; n++) if (deviance(n) >= deviance(62) - 1e-9) truth += poissonMass(n, 50);
		expect(Math.abs(result.pValue - truth)).toBeLessThan(4 * result.pValueError);
		expect([result.degreesOfFreedom, result.bestFit.counts.converged]).toEqual([1, 100_000]);
		expect(result.chiSquarePValue).toBeCloseTo(0.10201148353965, 13);
	});

	test("is that of χ² for large counts, with constraints of both kinds", async () => {
		const { model, data } = smallModel(
			[
				{ name: "signal", data: [500, 900, 300, 100], modifiers: [normfactor("mu")] },
				{
					name: "background",
					data: [9000, 8000, 7000, 6000],
					modifiers: [
						{ name: "gammas", type: "shapesys", data: [100, 90, 80, 70] },
						{ name: "tilt", type: "normsys", data: { hi: 1.02, lo: 0.98 } },
						{ name: "stat", type: "staterror", data: [60, 60, 60, 60] },
					],
				},
			],
			[9650, 8700, 7500, 6020],
		);
		const result = await goodnessOfFit(data, model, { toys: 20_000, bounds: { mu: [-10, 10] } });
		expect(result.degreesOfFreedom).toBe(3);
		expect(result.deviance).toBeGreaterThan(1);
		expect(Math.abs(result.pValue - result.chiSquarePValue!)).toBeLessThan(4 * result.pValueError + 0.002);
	});

	test("does not see auxiliary data of parameters that are fixed", async () => {
		// The second bin has no background: its factor is fixed, with an auxiliary count of 1 that stands for nothing.
		const { model, data } = smallModel(
			[
				{ name: "signal", data: [500, 900, 700], modifiers: [normfactor("mu")] },
				{ name: "background", data: [9000, 0, 7000], modifiers: [{ name: "g", type: "shapesys", data: [90, 0, 80] }] },
			],
			[9650, 870, 7500],
		);
		expect(model.fixed).toEqual([false, false, true, false]);
		const result = await goodnessOfFit(data, model, { toys: 20_000 });
		expect(result.degreesOfFreedom).toBe(2);
		expect(Math.abs(result.pValue - result.chiSquarePValue!)).toBeLessThan(4 * result.pValueError + 0.002);
	});
});

describe("degrees of freedom", () => {
	const degrees = (samples: Parameters<typeof smallModel>[0], observed: number[], options = {}) => {
		const { model, data } = smallModel(samples, observed);
		const study = planGoodnessOfFit(data, model, { ...options, toys: 1 });
		const statistics = Float64Array.of(1);
		const piece = {
			ensemble: 0,
			first: 0,
			count: 1,
			statistics,
			statuses: new Uint8Array(1),
			lnWeights: new Float64Array(1),
		};
		const result = goodnessOfFitResult(study, { study: study.digest, pieces: [[piece]] });
		return [result.degreesOfFreedom, result.chiSquarePValue === undefined];
	};
	const background = { name: "background", data: [50, 60, 0], modifiers: [] };
	const signal = { name: "signal", data: [5, 6, 0], modifiers: [normfactor("mu")] };

	test("bins that expect nothing do not count", () => {
		expect(degrees([signal, background], [52, 60, 0])).toEqual([1, false]);
	});

	test("parameters that change the same count once", () => {
		const twice = { ...signal, modifiers: [normfactor("mu"), normfactor("k")] };
		expect(degrees([twice, background], [58, 64, 0])).toEqual([1, false]);
		const scaled = { ...background, modifiers: [normfactor("k")] };
		expect(degrees([signal, scaled], [58, 64, 0])).toEqual([1, false]);
		expect(degrees([{ ...signal, data: [5, 1, 0] }, scaled], [58, 64, 0])).toEqual([0, true]);
	});

	test("fixed parameters are not free", () => {
		expect(degrees([signal, background], [52, 60, 0], { fixed: { mu: 1 } })).toEqual([2, false]);
	});

	test("a factor for every bin leaves none", () => {
		const free = {
			...background,
			data: [50, 60, 10],
			modifiers: [{ name: "shape", type: "shapefactor", data: null } as const],
		};
		expect(degrees([signal, free], [52, 60, 8])).toEqual([0, true]);
	});
});

describe("the study", () => {
	const { model, data } = twoBins();

	test("is of the best fit, and needs no parameter of interest", async () => {
		const document = { ...twoBinsWithoutPoi };
		const workspace = Workspace.parse(document);
		const blind = workspace.model();
		const study = planGoodnessOfFit(workspace.data(blind), blind, { toys: 100 });
		expect([study.poi, study.testStatistic, study.toys]).toEqual(["", "deviance", [100]]);
		expect(study.ensembles[0]!.points).toEqual([fit(workspace.data(blind), blind).parameters]);
		const result = goodnessOfFitResult(study, await makeToys(study, { workers: 0 }));
		expect(result.complete).toBe(true);
	});

	test("another kind of study has no goodness of fit", async () => {
		const study = planToyTest(1, data, model, { toys: 10 });
		const shard = await makeToys(study, { workers: 0 });
		expect(refusal(() => goodnessOfFitResult(study, shard))).toMatch(/^ToyError not-a-goodness-of-fit \| /);
	});
});

const twoBinsWithoutPoi = {
	channels: [
		{
			name: "SR",
			samples: [{ name: "background", data: [50, 52], modifiers: [{ name: "k", type: "normfactor", data: null }] }],
		},
	],
	observations: [{ name: "SR", data: [51, 48] }],
	measurements: [{ name: "main", config: { poi: "", parameters: [] } }],
	version: "1.0.0",
};
