import { expect, test } from "vitest";
import { parseDocument, patchDocument } from "../../ts/spec/parse.js";
import { applyPatch, type PatchOperation, parsePatch } from "../../ts/spec/patch.js";
import { PatchSet } from "../../ts/spec/patchset.js";
import { describeShared } from "../shared.js";
import { patchErrorOf } from "./patchErrorOf.js";
import { problemsOf } from "./problemsOf.js";
import { validWorkspace } from "./validWorkspace.js";

function signal(data: unknown) {
	return { name: "other", data, modifiers: [{ name: "mu_other", type: "normfactor", data: null }] };
}

const addSignal = (data: unknown): PatchOperation[] => [
	{ op: "add", path: "/channels/0/samples/-", value: signal(data) },
];

test("the patched document shares what the patch leaves alone, and nothing with the patch", () => {
	const document = parseDocument(validWorkspace());
	const operations = addSignal([1, 2]);
	const patched = patchDocument(document, operations);
	expect(patched.channels[0]!.samples[2]).toEqual(signal([1, 2]));
	expect(patched.channels[1]).toBe(document.channels[1]);
	expect(document).toEqual(validWorkspace());
	const { value } = operations[0] as { value: { data: number[]; modifiers: unknown[] } };
	value.data[0] = Number.NaN;
	value.modifiers.length = 0;
	expect(patched.channels[0]!.samples[2]).toEqual(signal([1, 2]));
});

test("typed arrays in a patch come out as plain ones", () => {
	const patched = patchDocument(parseDocument(validWorkspace()), addSignal(Float64Array.of(1, 2)));
	expect(patched.channels[0]!.samples[2]).toEqual(signal([1, 2]));
});

test.each<[string, unknown, string]>([
	[
		"a string for a number",
		["1", 2],
		"number-as-string at channels[0].samples[2].data[0]: found the string '1' where a number belongs; remove the quotes",
	],
	[
		"a bin too few",
		[1],
		"sample-length at channels[0].samples[2].data: has 1 bin, but channel 'SR' has 2; give one rate for each bin",
	],
	["a hole", new Array(1), "missing-entry at channels[0].samples[2].data[0]: there is no value here; give a number"],
])("a patch that brings %s", (_, data, problem) => {
	expect(problemsOf(() => patchDocument(parseDocument(validWorkspace()), addSignal(data)))).toEqual([problem]);
});

test("what a getter in a patch throws is told", () => {
	const value = {
		get name() {
			throw new Error("no name today");
		},
	};
	const operations = [{ op: "add", path: "/channels/0/samples/-", value } as const];
	expect(problemsOf(() => patchDocument(parseDocument(validWorkspace()), operations))).toEqual([
		"unreadable at : reading the document failed (no name today); hand in plain values, as JSON.parse gives them",
	]);
});

test("a patch that does not fit is refused as such", () => {
	const operations: PatchOperation[] = [{ op: "test", path: "/version", value: "2.0.0" }];
	expect(patchErrorOf(() => patchDocument(parseDocument(validWorkspace()), operations))).toBe(
		"test-failed at patch[0]: the value at '/version' is the string '1.0.0', not the string '2.0.0'",
	);
});

describeShared("published patch sets", (shared) => {
	test("every point gives the document that parsing the patched one anew gives", () => {
		const workspace = shared.workspace("HEPData_hepdata-pyhf-extractor/SUSY-2019-08_1Lbb_BkgOnly.json");
		const patchSet = PatchSet.parse(shared.text("scikit-hep_pyhf/SUSY-2019-08_1Lbb_patchset_subset10.json"));
		expect(patchSet.names).toHaveLength(10);
		for (const name of patchSet.names) {
			const operations = patchSet.patch(name);
			const anew = parseDocument(applyPatch(workspace, parsePatch(operations)));
			expect(patchDocument(workspace, operations)).toEqual(anew);
		}
	});
});
