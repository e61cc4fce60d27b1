import { describe, expect, test } from "vitest";
import { ModelError } from "../../ts/errors.js";
import { buildParameterTable, type ParameterSet } from "../../ts/model/parameterTable.js";
import type { Channel, ParameterConfig } from "../../ts/spec/document.js";
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
	staterror,
} from "./smallDocument.js";

/** The first parameter set of these channels. */
function firstSet(channels: readonly Channel[], ...configs: readonly ParameterConfig[]): ParameterSet {
	return buildParameterTable(channels, configs, "").sets[0] as ParameterSet;
}

function modelError(run: () => unknown): Pick<ModelError, "code" | "path" | "message"> {
	try {
		run();
	} catch (error) {
		if (error instanceof ModelError) return { code: error.code, path: error.path, message: error.message };
		throw error;
	}
	throw new Error("nothing was thrown");
}

// Every modifier type, everything listed out of order; the expectations are pyhf's output for it.
const EVERYTHING = [
	channel(
		"SR",
		sample("signal", [5, 6], normfactor("mu"), staterror("stSR", [1, 1]), normsys("aa", 0.9, 1.1)),
		sample("bkg", [50, 60], staterror("stSR", [2, 2]), normfactor("yy"), histosys("hh", [45, 55], [55, 66]), lumi),
	),
	channel(
		"CR",
		sample("bkg", [100], normsys("zz", 0.8, 1.2), normsys("aa", 0.9, 1.1), normfactor("k"), shapefactor("sf")),
		sample("aux", [10], staterror("stCR", [1]), normsys("bb", 0.9, 1.2), shapesys("ss", [2])),
	),
];

describe("order of parameters", () => {
	test("by type, then by first use in sorted channels, samples and modifiers, staterror sets by name", () => {
		const { sets, names, size, poiIndex } = buildParameterTable(EVERYTHING, [lumiConfig], "mu");
		expect(sets.map((set) => `${set.name} ${set.first}`)).toEqual(
			"hh 0,lumi 1,k 2,yy 3,mu 4,bb 5,aa 6,zz 7,sf 8,ss 9,stCR 10,stSR 11".split(","),
		);
		expect(names).toEqual("hh,lumi,k,yy,mu,bb,aa,zz,sf[0],ss[0],stCR[0],stSR[0],stSR[1]".split(","));
		expect(size).toBe(13);
		expect(poiIndex).toBe(4);
	});

	test("a name shared by histosys and normsys is one parameter among the histosys", () => {
		const channels = [
			channel("a", sample("s", [1], normsys("first", 0.9, 1.1), normsys("shared", 0.9, 1.1))),
			channel("b", sample("s", [1], histosys("shared", [0.9], [1.2]))),
		];
		const { sets } = buildParameterTable(channels, [], "");
		expect(sets.map(({ name, modifierTypes }) => [name, modifierTypes])).toEqual([
			["shared", ["histosys", "normsys"]],
			["first", ["normsys"]],
		]);
	});

	test("names sort by code points, as in pyhf: U+FF21 before U+1F600", () => {
		const channels = [channel("a", sample("s", [1], normfactor("\u{1F600}"), normfactor("\uFF21"), normfactor("Z")))];
		expect(buildParameterTable(channels, [], "").names).toEqual(["Z", "\uFF21", "\u{1F600}"]);
	});

	test("names that mean something to JavaScript are names like any other", () => {
		const names = ["__proto__", "constructor", "toString"];
		const channels = [channel("__proto__", sample("__proto__", [1], ...names.map(normfactor)))];
		const configs = [{ name: "__proto__", inits: [2] }];
		const table = buildParameterTable(channels, configs, "__proto__");
		expect(table.names).toEqual(names);
		expect(table.sets.map(({ init }) => init)).toEqual([[2], [1], [1]]);
		expect(table.poiIndex).toBe(0);
	});
});

describe("defaults of each modifier", () => {
	const shared = { first: 0, scalar: true, size: 1 };

	test.each([
		["histosys", histosys("p", [1], [3])],
		["normsys", normsys("p", 0.9, 1.1)],
	])("%s: α = 0 ± 1 within ±5", (type, modifier) => {
		expect(firstSet([channel("c", sample("s", [2], modifier))])).toEqual({
			...{ name: "p", ...shared, constraint: "gaussian", modifierTypes: [type] },
			...{ init: [0], bounds: [[-5, 5]], fixed: [false], auxdata: [0], scale: [1] },
		});
	});

	test("normfactor: free within 0 and 10", () => {
		expect(firstSet([channel("c", sample("s", [2], normfactor("p")))])).toEqual({
			...{ name: "p", ...shared, constraint: "none", modifierTypes: ["normfactor"] },
			...{ init: [1], bounds: [[0, 10]], fixed: [false], auxdata: [], scale: [] },
		});
	});

	test("lumi: all from its configuration", () => {
		expect(firstSet([channel("c", sample("s", [2], lumi))], lumiConfig)).toEqual({
			...{ name: "lumi", ...shared, constraint: "gaussian", modifierTypes: ["lumi"] },
			...{ init: [1], bounds: [[0.9, 1.1]], fixed: [false], auxdata: [1.01], scale: [0.02] },
		});
	});

	test("shapefactor: one free factor per bin, shared by channels", () => {
		const channels = [
			channel("a", sample("s", [2, 3], shapefactor("p"))),
			channel("b", sample("s", [4, 5], shapefactor("p"))),
		];
		expect(firstSet(channels)).toEqual({
			...{ name: "p", first: 0, size: 2, scalar: false, constraint: "none", modifierTypes: ["shapefactor"] },
			init: [1, 1],
			bounds: [
				[0, 10],
				[0, 10],
			],
			...{ fixed: [false, false], auxdata: [], scale: [] },
		});
	});

	test("shapesys: τ = (rate/uncertainty)²; bins without rate or uncertainty have τ = 1 and are fixed", () => {
		const channels = [channel("c", sample("s", [50, 0, 20, -4], shapesys("p", [5, 1, 0, 2])))];
		expect(firstSet(channels)).toEqual({
			...{ name: "p", first: 0, size: 4, scalar: false, constraint: "poisson", modifierTypes: ["shapesys"] },
			init: [1, 1, 1, 1],
			bounds: new Array(4).fill([1e-10, 10]),
			fixed: [false, true, true, true],
			auxdata: [100, 1, 1, 1],
			scale: [100, 1, 1, 1],
		});
	});

	test("staterror: σ from all samples that carry it; bins where it is 0 have σ = 1 and are fixed", () => {
		const channels = [
			channel(
				"c",
				sample("a", [30, 0, 10, 0, 2], staterror("p", [3, 1, 0, 0, 1])),
				sample("b", [50, 0, 10, 0, -3], staterror("p", [4, 1, 0, 0, 1])),
				sample("without", [1000, 1000, 1000, 1000, 1000], normfactor("k")),
			),
		];
		const { sets } = buildParameterTable(channels, [], "");
		expect(sets[1]).toEqual({
			...{ name: "p", first: 1, size: 5, scalar: false, constraint: "gaussian", modifierTypes: ["staterror"] },
			init: [1, 1, 1, 1, 1],
			bounds: new Array(5).fill([1e-10, 10]),
			fixed: [false, true, true, true, true],
			auxdata: [1, 1, 1, 1, 1],
			scale: [0.0625, 1, 1, 1, 1],
		});
	});

	test("staterror over two channels: one parameter per bin of each, channels in order", () => {
		const channels = [
			channel("b", sample("s", [20], staterror("p", [5])), sample("t", [20], staterror("p", [0]))),
			channel("other", sample("s", [7], normfactor("k"))),
			channel("a", sample("s", [10, 40], staterror("p", [1, 2])), sample("t", [0, 0], staterror("p", [0, 0]))),
		];
		const { sets, names } = buildParameterTable(channels, [], "");
		expect(names).toEqual(["k", "p[0]", "p[1]", "p[2]"]);
		expect(sets[1]?.scale).toEqual([0.1, 0.05, 0.125]);
	});
});

describe("configuration by the measurement", () => {
	const withShapesys = [channel("c", sample("s", [50, 0], shapesys("p", [5, 1])))];
	const withStaterror = [channel("c", sample("s", [50, 0], staterror("p", [5, 1])))];

	test("inits, bounds, auxdata, factors and fixed of a shapesys", () => {
		const bounds = [
			[0.1, 5],
			[0.2, 6],
		] as const;
		const config = { name: "p", inits: [1.1, 1.2], bounds, auxdata: [90, 2], factors: [80, 3], fixed: true };
		expect(firstSet(withShapesys, config)).toMatchObject({
			...{ init: [1.1, 1.2], bounds, auxdata: [90, 2], scale: [80, 3], fixed: [true, true] },
		});
	});

	test("sigmas of a staterror; its zero bin stays fixed", () => {
		expect(firstSet(withStaterror, { name: "p", sigmas: [0.3, 0.4] })).toMatchObject({
			...{ auxdata: [1, 1], scale: [0.3, 0.4], fixed: [false, true] },
		});
	});

	test("auxdata of a normsys", () => {
		const channels = [channel("c", sample("s", [1], normsys("p", 0.9, 1.1)))];
		expect(firstSet(channels, { name: "p", auxdata: [0.5], inits: [0.25] })).toMatchObject({
			...{ auxdata: [0.5], init: [0.25], scale: [1] },
		});
	});

	test.each([
		["shapesys", withShapesys],
		["staterror", withStaterror],
	])("fixed: false frees the zero bins of a %s, as in pyhf", (_, channels) => {
		expect(firstSet(channels).fixed).toEqual([false, true]);
		expect(firstSet(channels, { name: "p", fixed: false }).fixed).toEqual([false, false]);
		expect(firstSet(channels, { name: "p", fixed: true }).fixed).toEqual([true, true]);
	});

	test("auxdata for a free parameter has no place in the table", () => {
		const channels = [channel("c", sample("s", [1], normfactor("p")))];
		expect(firstSet(channels, { name: "p", auxdata: [1], sigmas: [1] })).toMatchObject({ auxdata: [], scale: [] });
	});

	test("a parameter that the model does not have is passed over", () => {
		const channels = [channel("c", sample("s", [1], normfactor("p")))];
		expect(buildParameterTable(channels, [{ name: "mu_SIG", inits: [3] }], "").names).toEqual(["p"]);
	});

	test("the document stays as it is, and the table cannot be changed", () => {
		const config: ParameterConfig = { name: "p", inits: [1.1, 1.2] };
		const set = firstSet(withShapesys, config);
		expect(Object.isFrozen(config.inits)).toBe(false);
		expect([set, set.init, set.bounds, set.bounds[0], set.fixed, set.auxdata, set.scale].every(Object.isFrozen)).toBe(
			true,
		);
	});
});

describe("parameter of interest", () => {
	test.each(["", "mu_SIG"])("'%s' leaves a model without one", (poi) => {
		expect(buildParameterTable(EVERYTHING, [lumiConfig], poi).poiIndex).toBeUndefined();
	});

	test("a factor per bin will do where there is one bin", () => {
		expect(buildParameterTable(EVERYTHING, [lumiConfig], "sf").poiIndex).toBe(8);
	});

	test("several components are refused", () => {
		expect(modelError(() => buildParameterTable(EVERYTHING, [lumiConfig], "stSR", "measurements[1]"))).toEqual({
			code: "poi-not-scalar",
			path: "measurements[1].config.poi",
			message:
				"measurements[1].config.poi: 'stSR' has 2 components, one per bin; a parameter of interest must be a single number",
		});
	});
});

describe("models that cannot be", () => {
	test("without any parameter", () => {
		expect(modelError(() => buildParameterTable([channel("c", sample("s", [1]))], [], "mu"))).toEqual({
			code: "no-parameters",
			path: "channels",
			message:
				"channels: no sample has a modifier, so the model has no parameters; add at least one, such as a normfactor",
		});
	});

	test("with lumi, in a measurement that does not say what it is", () => {
		const config = { name: "lumi", inits: [1], auxdata: [1], sigmas: [0.02] };
		expect(modelError(() => buildParameterTable(EVERYTHING, [config], "", "measurements[0]"))).toEqual({
			code: "missing-lumi-config",
			path: "measurements[0].config.parameters",
			message:
				"measurements[0].config.parameters: samples carry a lumi modifier; " +
				"give the parameter 'lumi' its inits, bounds, auxdata and sigmas",
		});
	});
});
