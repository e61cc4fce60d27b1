import { describe, expect, test } from "vitest";
import { HistFactoryError } from "../../ts/errors.js";
import { type CompileOptions, compile } from "../../ts/model/compile.js";
import type { NormsysCode } from "../../ts/model/interpolation.js";
import type { WorkspaceDocument } from "../../ts/spec/document.js";
import {
	channel,
	histosys,
	lumi,
	lumiConfig,
	normfactor,
	normsys,
	sample,
	shapefactor,
	shapesys,
	smallDocument,
	staterror,
} from "./smallDocument.js";

function refusal(document: WorkspaceDocument, options: CompileOptions = {}): string {
	try {
		compile(document, options);
	} catch (error) {
		if (error instanceof HistFactoryError) return `${error.name} ${error.code} | ${error.message}`;
		throw error;
	}
	throw new Error("nothing was thrown");
}

const counting = smallDocument([channel("c", sample("s", [5], normfactor("mu")))], [], "mu");

describe("flat arrays", () => {
	test("two channels, every modifier", () => {
		const document = smallDocument(
			[
				channel(
					"SR",
					sample("signal", [5, 6], staterror("mc", [1, 1]), normfactor("mu"), normsys("a", 0.9, 1.1)),
					sample("bkg", [50, 60], histosys("a", [45, 52], [56, 69]), staterror("mc", [3, 4]), lumi, shapefactor("sf")),
				),
				channel("CR", sample("bkg", [100], normfactor("k"), normsys("a", 0.8, 1.25), shapesys("ss", [20]), lumi)),
			],
			[lumiConfig],
			"mu",
		);
		const { parameters, channels, bins, structure, numbers, auxdata, interpolation } = compile(document);
		expect(parameters.names).toEqual("a,lumi,k,mu,sf[0],sf[1],ss[0],mc[0],mc[1]".split(","));
		expect(channels).toEqual([
			{ name: "CR", firstBin: 0, bins: 1, samples: ["bkg"] },
			{ name: "SR", firstBin: 1, bins: 2, samples: ["bkg", "signal"] },
		]);
		expect(bins).toBe(3);
		expect(interpolation).toEqual({ normsys: "code4", histosys: "code4p" });
		expect([...structure]).toEqual([
			...[1, 9, 3, 3, 5, 4, 5],
			// CR/bkg: normsys a; lumi, k; ss
			...[0, 1, 0, 1, 2, 1, 0, 1, 2, 6],
			// SR/bkg: histosys a; lumi; sf, mc
			...[1, 2, 1, 0, 1, 2, 0, 1, 4, 7],
			// SR/signal: normsys a; mu; mc
			...[1, 2, 0, 1, 1, 1, 0, 3, 7],
			// a, lumi, ss, mc[0], mc[1]
			...[0, 0, 1, 0, 6, 1, 7, 0, 8, 0],
		]);
		expect([...numbers]).toEqual([
			...[100, 0.8, 1.25],
			...[50, 60, 6, 9, 5, 8],
			...[5, 6, 0.9, 1.1],
			...[1, 0.02, 25, Math.sqrt((1 / 55) ** 2 + (3 / 55) ** 2), Math.sqrt((1 / 66) ** 2 + (4 / 66) ** 2)],
		]);
		expect([...auxdata]).toEqual([0, 1.01, 25, 1, 1]);
	});

	test.each([
		["code1", "code0", 1, 0],
		["code1", "code2", 1, 2],
		["code4", "code4p", 4, 5],
	] as const)("%s and %s are written as %i and %i", (normsys, histosys, first, second) => {
		const { structure, interpolation } = compile(counting, { interpolation: { normsys, histosys } });
		expect([...structure.subarray(5, 7)]).toEqual([first, second]);
		expect(interpolation).toEqual({ normsys, histosys });
	});

	test("one code given leaves the other at its default", () => {
		expect(compile(counting, { interpolation: { histosys: "code0" } }).interpolation).toEqual({
			normsys: "code4",
			histosys: "code0",
		});
	});

	test("variations that change nothing are left out, their parameters stay", () => {
		const document = smallDocument([
			channel(
				"c",
				sample("s", [5, 0], normsys("n", 1, 1), histosys("h", [5, 0], [5, 0]), histosys("half", [5, 0], [5, 1])),
			),
		]);
		const { parameters, structure, numbers, auxdata } = compile(document);
		expect(parameters.names).toEqual(["h", "half", "n"]);
		expect([...structure]).toEqual([1, 3, 2, 1, 3, 4, 5, 0, 2, 1, 0, 0, 0, 1, 0, 0, 1, 0, 2, 0]);
		expect([...numbers]).toEqual([5, 0, 0, 1, 0, 0, 1, 1, 1]);
		expect([...auxdata]).toEqual([0, 0, 0]);
	});

	test("a staterror that covers two channels goes on counting in the second", () => {
		const document = smallDocument([
			channel("b", sample("s", [20], staterror("mc", [5])), sample("t", [20], staterror("mc", [1]))),
			channel("a", sample("s", [10, 40], staterror("mc", [1, 2])), sample("t", [1, 1], staterror("mc", [1, 1]))),
			channel("a2", sample("s", [7], normfactor("k"))),
		]);
		const { parameters, structure } = compile(document);
		expect(parameters.names).toEqual(["k", "mc[0]", "mc[1]", "mc[2]"]);
		expect([...structure.subarray(7)]).toEqual([
			...[0, 2, 0, 0, 0, 1, 1],
			...[0, 2, 0, 0, 0, 1, 1],
			...[2, 1, 0, 0, 1, 0, 0],
			...[3, 1, 0, 0, 0, 1, 3],
			...[3, 1, 0, 0, 0, 1, 3],
			...[1, 0, 2, 0, 3, 0],
		]);
	});

	test("a shapefactor shared by two channels starts at the same parameter in both", () => {
		const document = smallDocument([
			channel("a", sample("s", [1, 2], shapefactor("f"), normfactor("k"))),
			channel("b", sample("s", [3, 4], shapefactor("f"))),
		]);
		const { parameters, structure } = compile(document);
		expect(parameters.names).toEqual(["k", "f[0]", "f[1]"]);
		expect([...structure.subarray(7)]).toEqual([0, 2, 0, 0, 1, 1, 0, 1, 2, 2, 0, 0, 0, 1, 1]);
	});

	test("the document's own order does not matter", () => {
		const samples = [
			sample("s", [5, 6], normfactor("mu"), normsys("b", 0.9, 1.1), normsys("a", 0.8, 1.2), shapesys("x", [1, 1])),
			sample("b", [7, 8], histosys("b", [6, 7], [8, 9]), histosys("a", [6, 6], [9, 9]), normfactor("k")),
		];
		const turned = samples.map((each) => ({ ...each, modifiers: [...each.modifiers].reverse() })).reverse();
		const straight = compile(smallDocument([channel("c", ...samples), channel("d", ...samples.slice(1))]));
		const other = compile(smallDocument([channel("d", ...turned.slice(0, 1)), channel("c", ...turned)]));
		expect(other).toEqual(straight);
	});

	test("a model without constraints has no auxiliary data", () => {
		const { structure, numbers, auxdata } = compile(counting);
		expect([...structure]).toEqual([1, 1, 1, 1, 0, 4, 5, 0, 1, 0, 0, 1, 0, 0]);
		expect([...numbers]).toEqual([5]);
		expect(auxdata.length).toBe(0);
	});
});

describe("choice of measurement", () => {
	const document: WorkspaceDocument = {
		...counting,
		measurements: [
			{ name: "first", config: { poi: "mu", parameters: [] } },
			{ name: "second", config: { poi: "", parameters: [{ name: "mu", inits: [2] }] } },
			{ name: "1", config: { poi: "mu", parameters: [{ name: "mu", inits: [3] }] } },
		],
	};
	const init = (measurement?: string | number) => compile(document, { measurement }).parameters.sets[0]?.init;

	test("the first by default, others by name or index", () => {
		expect([init(), init(0), init("second"), init(1), init("1")]).toEqual([[1], [1], [2], [2], [3]]);
		expect(compile(document, { measurement: "second" }).parameters.poiIndex).toBeUndefined();
	});

	test.each([
		["third", "'third'"],
		[3, "3"],
		[-1, "-1"],
		[0.5, "0.5"],
	])("%s is not there", (measurement, shown) => {
		expect(refusal(document, { measurement })).toBe(
			`ModelError unknown-measurement | measurements: there is no measurement ${shown}; ` +
				"choose one of 'first' (0), 'second' (1), '1' (2)",
		);
	});
});

describe("refusals", () => {
	test.each([
		["code4", 0, 1.1],
		["code4", 0.9, -0.5],
		["code1", 0, 1.1],
	] as [NormsysCode, number, number][])("%s with lo = %d and hi = %d", (code, lo, hi) => {
		const document = smallDocument([
			channel("a", sample("s", [1], normfactor("k"))),
			channel("b", sample("s", [1], normfactor("k"), normsys("n", lo, hi))),
		]);
		expect(refusal(document, { interpolation: { normsys: code } })).toBe(
			"ModelError normsys-not-positive | channels[1].samples[0].modifiers[1].data: " +
				`normsys 'n' has lo = ${lo} and hi = ${hi}; both must be above 0, ` +
				"since the factor between them is a power; use a small positive factor, or a histosys",
		);
	});

	test("an interpolation that there is not", () => {
		expect(refusal(counting, { interpolation: { normsys: "code0" as NormsysCode } })).toBe(
			"OptionError unknown-interpolation | options.interpolation.normsys: " +
				"normsys has no interpolation 'code0'; choose one of code1, code4",
		);
	});

	test("the place of the measurement is named", () => {
		const document = smallDocument([channel("c", sample("s", [1, 2], shapefactor("f")))], [], "f");
		expect(refusal(document)).toBe(
			"ModelError poi-not-scalar | measurements[0].config.poi: " +
				"'f' has 2 components, one per bin; a parameter of interest must be a single number",
		);
	});
});
