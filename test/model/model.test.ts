import { describe, expect, test } from "vitest";
import { compile } from "../../ts/model/compile.js";
import type { HistosysCode, Interpolation, NormsysCode } from "../../ts/model/interpolation.js";
import { Model } from "../../ts/model/model.js";
import { Workspace } from "../../ts/workspace.js";
import { refusal } from "../refusal.js";
import { describeShared } from "../shared.js";
import { expectAllClose, expectClose } from "../twin/close.js";
import { twin } from "../twin/likelihood.js";
import { nllChecks } from "../twin/nllChecks.js";
import { randomParameters, randomWorkspace } from "../twin/randomWorkspace.js";
import { channel, histosys, normfactor, normsys, sample, shapesys, smallDocument } from "./smallDocument.js";

const CODES: readonly Interpolation[] = (["code1", "code4"] satisfies NormsysCode[]).flatMap((normsys) =>
	(["code0", "code2", "code4p"] satisfies HistosysCode[]).map((histosys) => ({ normsys, histosys })),
);

describe("the core against the slow twin", () => {
	test.each(CODES)("200 random workspaces, $normsys and $histosys", (interpolation) => {
		for (let seed = 0; seed < 200; seed++) {
			const document = randomWorkspace(seed);
			const compiled = compile(document, { interpolation });
			using model = new Model(compiled);
			const slow = twin(document, { measurement: 0, interpolation });
			for (const parameters of [[...model.init], randomParameters(seed, compiled.parameters)]) {
				expectAllClose(model.expected(parameters), slow.expected(parameters), 1e-12, `seed ${seed}, rate`);
				expectAllClose(model.expectedData(parameters), slow.expectedData(parameters), 1e-12, `seed ${seed}, datum`);
				const twiceNll = model.twiceNll(parameters, slow.data);
				expectClose(twiceNll, slow.twiceNll(parameters, slow.data), 1e-10, `seed ${seed}, −2 ln L`);
			}
		}
	});
});

describeShared("pyhf's values without a minimiser", (shared) => {
	test.each(nllChecks(shared))("$file", ({ file, parameterNames, init, poi, channels, mainBins, points }) => {
		const workspace = Workspace.parse(shared.text(file));
		for (const { interpolation, parameters, twiceNll, yields } of points) {
			using model = workspace.model({ interpolation });
			expect(model.parameterNames).toEqual(parameterNames);
			expect([...model.init]).toEqual(init);
			expect(model.poi).toBe(poi);
			expect(model.channels.map(({ name }) => name)).toEqual(channels);
			expect(model.bins).toBe(mainBins);
			const rates = model.expected(parameters);
			expectClose(
				rates.reduce((sum, rate) => sum + rate, 0),
				yields,
				1e-10,
				"yields",
			);
			expectClose(model.twiceNll(parameters, workspace.data(model)), twiceNll, 1e-10, "−2 ln L");
		}
	});
});

const document = smallDocument(
	[
		channel(
			"SR",
			sample("signal", [5, 6], normfactor("mu")),
			sample("bkg", [50, 60], normsys("a", 0.9, 1.1), shapesys("ss", [5, 6])),
		),
		channel("CR", sample("bkg", [100], histosys("b", [90], [110]))),
	],
	[],
	"mu",
);

describe("a model", () => {
	const model = new Model(compile(document));

	test("gives rates by channel and sample", () => {
		const [cr, sr] = model.expectedByChannel([0.5, 2, 0, 1, 1.5]);
		expect(cr?.name).toBe("CR");
		expect([...cr!.total]).toEqual([105]);
		expect(sr?.samples.map(({ name, rates }) => [name, ...rates])).toEqual([
			["bkg", 50, 90],
			["signal", 10, 12],
		]);
		expect([...sr!.total]).toEqual([60, 102]);
	});

	test("gives expected data with auxiliary measurements", () => {
		expect([...model.expectedData([0.5, 2, 0.25, 1, 1.5])].slice(3)).toEqual([0.5, 0.25, 100, 150]);
	});

	test("is Infinity outside its domain", () => {
		const data = [100, 60, 102, ...model.auxdata];
		expect(model.twiceNll([0, -20, 0, 1, 1], data)).toBe(Number.POSITIVE_INFINITY);
		expect(model.twiceNll([0, -20, 0, 1, 1], [100, 0, 0, ...model.auxdata])).toBe(Number.POSITIVE_INFINITY);
	});

	test.each<[string, () => unknown, string]>([
		[
			"short data",
			() => model.twiceNll(model.init, [1, 2, 3]),
			"DataError data-length | data: the model takes 3 main counts and 4 auxiliary measurements, 7 numbers in all, not 3; append model.auxdata, or use workspace.data(model)",
		],
		[
			"long data",
			() => model.twiceNll(model.init, new Float64Array(9)),
			"DataError data-length | data: the model takes 3 main counts and 4 auxiliary measurements, 7 numbers in all, not 9; see model.channels",
		],
		[
			"NaN in the data",
			() => model.twiceNll(model.init, [1, Number.NaN, 3, 0, 0, 1, 1]),
			"DataError data-not-finite | data[1]: expected a number, found NaN",
		],
		[
			"Infinity in the data",
			() => model.twiceNll(model.init, [1, 2, Number.POSITIVE_INFINITY, 0, 0, 1, 1]),
			"DataError data-not-finite | data[2]: expected a number, found Infinity",
		],
		[
			"text in the data",
			() => model.twiceNll(model.init, [1, "2", 3, 0, 0, 1, 1] as number[]),
			"DataError data-not-finite | data[1]: expected a number, found 2",
		],
		[
			"a negative count",
			() => model.twiceNll(model.init, [1, 2, -3, 0, 0, 1, 1]),
			"DataError negative-count | data[2]: a count cannot be negative, found -3",
		],
		[
			"a negative auxiliary count",
			() => model.twiceNll(model.init, [1, 2, 3, 0, 0, 1, -1]),
			"DataError negative-count | data[6]: a count cannot be negative, found -1",
		],
		[
			"short parameters",
			() => model.expected([1]),
			"OptionError parameters-length | parameters: the model has 5 parameters (model.parameterNames), not 1",
		],
		[
			"NaN in the parameters",
			() => model.expected([0, 1, Number.NaN, 1, 1]),
			"OptionError parameter-not-finite | parameters[2]: expected a number for a, found NaN",
		],
	])("refuses %s", (_, call, message) => {
		expect(refusal(call)).toBe(message);
	});

	test("takes a negative Gaussian measurement", () => {
		expect(model.twiceNll(model.init, [100, 55, 66, -1, -0.5, 100, 100])).toBeGreaterThan(0);
	});

	test("is of no use after free()", () => {
		const freed = new Model(compile(document));
		freed.free();
		freed.free();
		expect(refusal(() => freed.expected(freed.init))).toBe(
			"CoreError freed | this model was freed and cannot be used any more",
		);
	});
});
