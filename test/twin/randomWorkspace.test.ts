import { describe, expect, test } from "vitest";
import { compile } from "../../ts/model/compile.js";
import type { Modifier, WorkspaceDocument } from "../../ts/spec/document.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { twin } from "./likelihood.js";
import { randomParameters, randomWorkspace } from "./randomWorkspace.js";

const documents = Array.from({ length: 300 }, (_, seed) => randomWorkspace(seed));

const modifiersOf = ({ channels }: WorkspaceDocument): Modifier[] =>
	channels.flatMap(({ samples }) => samples.flatMap(({ modifiers }) => modifiers));

const share = (condition: (document: WorkspaceDocument) => boolean): number =>
	documents.filter(condition).length / documents.length;

describe("random workspaces", () => {
	test("depend on the seed alone", () => {
		expect(randomWorkspace(17)).toEqual(randomWorkspace(17));
		expect(new Set(documents.map((document) => JSON.stringify(document))).size).toBe(300);
	});

	test("are valid, as JSON and as they are", () => {
		for (const document of documents) {
			expect(parseDocument(JSON.stringify(document))).toEqual(document);
			expect(parseDocument(document)).toEqual(document);
		}
	});

	test.each(["histosys", "normsys", "lumi", "normfactor", "shapefactor", "shapesys", "staterror"])(
		"bring %s often, and leave it out at times",
		(type) => {
			const fraction = share((document) => modifiersOf(document).some((modifier) => modifier.type === type));
			expect(fraction).toBeGreaterThan(0.2);
			if (type !== "normfactor") expect(fraction).toBeLessThan(1);
		},
	);

	test.each<[string, (document: WorkspaceDocument) => boolean]>([
		[
			"one name for histosys and normsys",
			(d) => compile(d).parameters.sets.some((set) => set.modifierTypes.length > 1),
		],
		["a staterror over several channels", (d) => channelsWith(d, "mc") > 1],
		["a shapefactor over several channels", (d) => channelsWith(d, "shape") > 1],
		["fixed parameters", (d) => compile(d).parameters.sets.some(({ fixed }) => fixed.includes(true))],
		["extreme factors", (d) => modifiersOf(d).some((m) => m.type === "normsys" && m.data.hi === 100)],
		["variations that change nothing", (d) => modifiersOf(d).some((m) => m.type === "normsys" && m.data.hi === 1)],
		["precise auxiliary data", (d) => compile(d).auxdata.some((aux) => aux > 1e9)],
		["negative templates", (d) => d.channels.some((c) => c.samples.some((s) => s.data.some((rate) => rate < 0)))],
		["overrides", (d) => (d.measurements[0]?.config.parameters.length ?? 0) > 1],
		["empty observed bins", (d) => d.observations.some(({ data }) => data.includes(0))],
	])("bring %s", (_, condition) => {
		expect(share(condition)).toBeGreaterThan(0.04);
	});

	test("have a finite likelihood at the defaults", () => {
		for (const document of documents) {
			const { init, data, twiceNll } = twin(document, { measurement: 1 });
			expect(Number.isFinite(twiceNll(init, data))).toBe(true);
		}
	});
});

test("random parameters come inside ±1, at −1, 0 and +1 and beyond", () => {
	const counts = { inside: 0, minus: 0, zero: 0, plus: 0, beyond: 0 };
	documents.slice(0, 50).forEach((document, seed) => {
		const { parameters } = compile(document);
		const point = randomParameters(seed, parameters);
		expect(point).toEqual(randomParameters(seed, parameters));
		expect(point.length).toBe(parameters.size);
		for (const { first, modifierTypes } of parameters.sets) {
			if (!modifierTypes.includes("normsys") && !modifierTypes.includes("histosys")) continue;
			const alpha = point[first] as number;
			if (Math.abs(alpha) > 1) counts.beyond++;
			else if (alpha === -1) counts.minus++;
			else if (alpha === 1) counts.plus++;
			else if (alpha === 0) counts.zero++;
			else counts.inside++;
		}
	});
	for (const count of Object.values(counts)) expect(count).toBeGreaterThan(10);
});

function channelsWith({ channels }: WorkspaceDocument, name: string): number {
	return channels.filter(({ samples }) => samples.some(({ modifiers }) => modifiers.some((m) => m.name === name)))
		.length;
}
