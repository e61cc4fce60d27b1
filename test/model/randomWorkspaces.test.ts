import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile } from "../../ts/model/compile.js";
import type { Interpolation } from "../../ts/model/interpolation.js";
import type { ParameterTable } from "../../ts/model/parameterTable.js";
import type { WorkspaceDocument } from "../../ts/spec/document.js";
import { expectAllClose, expectClose } from "../twin/close.js";
import { decode, decodedExpected, decodedRates, decodedTwiceNll } from "../twin/compiledLikelihood.js";
import { twin } from "../twin/likelihood.js";
import { randomParameters, randomWorkspace } from "../twin/randomWorkspace.js";

/** One entry of fixtures/randomWorkspaces.json; randomWorkspaces.py beside it wrote `pyhf`. */
interface FixtureEntry {
	readonly seed: number;
	readonly document: WorkspaceDocument;
	readonly points: readonly (readonly number[])[];
	readonly pyhf: Readonly<Record<"code1_code0" | "code4_code4p", readonly PyhfValues[]>> & {
		readonly table: {
			readonly names: readonly string[];
			readonly init: readonly number[];
			readonly bounds: readonly (readonly number[])[];
			readonly fixed: readonly boolean[];
			readonly auxdata: readonly number[];
			readonly scale: readonly number[];
			readonly poi: number;
		};
	};
}

interface PyhfValues {
	readonly twiceNll: number | "Infinity";
	readonly expected: readonly number[];
}

const fixture = JSON.parse(
	readFileSync(new URL("../fixtures/randomWorkspaces.json", import.meta.url), "utf8"),
) as readonly FixtureEntry[];

const flat = ({ sets, names, poiIndex }: ParameterTable) => ({
	names,
	init: sets.flatMap(({ init }) => init),
	bounds: sets.flatMap(({ bounds }) => bounds),
	fixed: sets.flatMap(({ fixed }) => fixed),
	auxdata: sets.flatMap(({ auxdata }) => auxdata),
	scale: sets.flatMap(({ scale }) => scale),
	poi: poiIndex,
});

describe.each(fixture)("pyhf agrees on random workspace $seed", ({ document, points, pyhf }) => {
	test("on its parameters", () => {
		const { scale, ...table } = flat(compile(document).parameters);
		const { scale: pyhfScale, ...pyhfTable } = pyhf.table;
		expect(table).toEqual(pyhfTable);
		expectAllClose(scale, pyhfScale, 1e-15, "scale");
	});

	test.each([
		["code1_code0", { normsys: "code1", histosys: "code0" }],
		["code4_code4p", { normsys: "code4", histosys: "code4p" }],
	] as const)("on its likelihood with %s", (setting, interpolation) => {
		const model = decode(compile(document, { interpolation }));
		const { data, expectedData, twiceNll } = twin(document, { interpolation });
		points.forEach((parameters, i) => {
			const { twiceNll: value, expected } = pyhf[setting][i] as PyhfValues;
			expectAllClose(expectedData(parameters), expected, 1e-13, "expected data");
			expectAllClose(decodedExpected(model, parameters), expected.slice(0, model.bins), 1e-13, "expected rates");
			expectClose(twiceNll(parameters, data), Number(value), 1e-12, "twice NLL of the document");
			expectClose(decodedTwiceNll(model, parameters, data), Number(value), 1e-12, "twice NLL of the arrays");
		});
	});
});

const INTERPOLATIONS: readonly Interpolation[] = [
	{ normsys: "code1", histosys: "code0" },
	{ normsys: "code4", histosys: "code2" },
	{ normsys: "code4", histosys: "code4p" },
];

describe.each(["main", "plain"])("200 random workspaces, measurement %s", (name) => {
	const measurement = name === "main" ? 0 : 1;
	const documents = Array.from({ length: 200 }, (_, seed) => ({ seed, document: randomWorkspace(seed) }));

	test("the table is the twin's", () => {
		for (const { document } of documents) {
			const { parameters } = compile(document, { measurement: name });
			const slow = twin(document, { measurement }).parameters;
			const constrained = slow.filter(({ constraint }) => constraint !== "none");
			const { scale, poi, ...table } = flat(parameters);
			expect(table).toEqual({
				names: slow.map(({ label }) => label),
				init: slow.map(({ init }) => init),
				bounds: slow.map(({ bounds }) => bounds),
				fixed: slow.map(({ fixed }) => fixed),
				auxdata: constrained.map(({ auxdata }) => auxdata),
			});
			scale.forEach((value, i) => {
				expectClose(value, constrained[i]?.scale as number, 1e-15, "scale");
			});
			expect(poi).toBe(measurement === 0 ? slow.findIndex(({ label }) => label === "mu") : undefined);
		}
	});

	test.each(INTERPOLATIONS)(
		"the arrays give the document's rates and likelihood, $normsys and $histosys",
		(interpolation) => {
			let finite = 0;
			for (const { seed, document } of documents) {
				const compiled = compile(document, { measurement: name, interpolation });
				const model = decode(compiled);
				const slow = twin(document, { measurement, interpolation });
				expect(slow.data.slice(compiled.bins)).toEqual([...compiled.auxdata]);
				const parameters = randomParameters(seed, compiled.parameters);
				const bySample = slow.rates(parameters).map(({ rates }) => rates);
				decodedRates(model, parameters).forEach((rates, block) => {
					expectAllClose(rates, bySample[block] as readonly number[], 1e-14, `seed ${seed}, block ${block}, bin`);
				});
				const twiceNll = slow.twiceNll(parameters, slow.data);
				expectClose(decodedTwiceNll(model, parameters, slow.data), twiceNll, 1e-13, `twice NLL of seed ${seed}`);
				if (Number.isFinite(twiceNll)) finite++;
			}
			// Points outside the domain are few, but there.
			expect(finite).toBeGreaterThan(150);
			expect(finite).toBeLessThan(200);
		},
	);
});
