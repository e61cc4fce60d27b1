import { describe, expect, test } from "vitest";
import { parseDocument } from "../../ts/spec/parse.js";
import { applyPatch, type PatchOperation, parsePatch } from "../../ts/spec/patch.js";
import { describeShared } from "../shared.js";
import { validWorkspace } from "./validWorkspace.js";

function deepFreeze<T>(value: T): T {
	if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
		Object.freeze(value);
		Object.values(value).forEach(deepFreeze);
	}
	return value;
}

describe("operations of RFC 6902, on frozen input", () => {
	test.each<[string, unknown, PatchOperation[], unknown]>([
		["A.1 adding a member", { foo: "bar" }, [{ op: "add", path: "/baz", value: "qux" }], { foo: "bar", baz: "qux" }],
		[
			"A.2 adding an element",
			{ foo: ["bar", "baz"] },
			[{ op: "add", path: "/foo/1", value: "qux" }],
			{ foo: ["bar", "qux", "baz"] },
		],
		["A.3 removing a member", { baz: "qux", foo: "bar" }, [{ op: "remove", path: "/baz" }], { foo: "bar" }],
		[
			"A.4 removing an element",
			{ foo: ["bar", "qux", "baz"] },
			[{ op: "remove", path: "/foo/1" }],
			{ foo: ["bar", "baz"] },
		],
		["A.5 replacing a value", { baz: "qux" }, [{ op: "replace", path: "/baz", value: "boo" }], { baz: "boo" }],
		[
			"A.6 moving a value",
			{ foo: { bar: "baz", waldo: "fred" }, qux: { corge: "grault" } },
			[{ op: "move", from: "/foo/waldo", path: "/qux/thud" }],
			{ foo: { bar: "baz" }, qux: { corge: "grault", thud: "fred" } },
		],
		[
			"A.7 moving an element",
			{ foo: ["all", "grass", "cows", "eat"] },
			[{ op: "move", from: "/foo/1", path: "/foo/3" }],
			{ foo: ["all", "cows", "eat", "grass"] },
		],
		[
			"A.8 testing a value",
			{ baz: "qux", foo: ["a", 2, "c"] },
			[
				{ op: "test", path: "/baz", value: "qux" },
				{ op: "test", path: "/foo/1", value: 2 },
			],
			{ baz: "qux", foo: ["a", 2, "c"] },
		],
		[
			"A.10 adding a nested object",
			{ foo: "bar" },
			[{ op: "add", path: "/child", value: { grandchild: {} } }],
			{ foo: "bar", child: { grandchild: {} } },
		],
		["A.14 escapes", { "/": 9, "~1": 10 }, [{ op: "test", path: "/~01", value: 10 }], { "/": 9, "~1": 10 }],
		[
			"A.16 adding at the end",
			{ foo: ["bar"] },
			[{ op: "add", path: "/foo/-", value: ["abc", "def"] }],
			{ foo: ["bar", ["abc", "def"]] },
		],
		["the whole document", { foo: 1 }, [{ op: "replace", path: "", value: [2] }], [2]],
		["an empty key", { "": 1 }, [{ op: "replace", path: "/", value: 2 }], { "": 2 }],
		["null as value", { foo: 1 }, [{ op: "replace", path: "/foo", value: null }], { foo: null }],
		[
			"a copy is no alias",
			{ a: { x: 1 } },
			[
				{ op: "copy", from: "/a", path: "/b" },
				{ op: "replace", path: "/b/x", value: 2 },
			],
			{ a: { x: 1 }, b: { x: 2 } },
		],
		[
			"what the patch brings may be changed by it in turn",
			{ samples: [] },
			[
				{ op: "add", path: "/samples/-", value: { data: [1, 2] } },
				{ op: "replace", path: "/samples/0/data/1", value: 3 },
			],
			{ samples: [{ data: [1, 3] }] },
		],
		["a move onto itself", { a: 1 }, [{ op: "move", from: "/a", path: "/a" }], { a: 1 }],
		[
			"objects are equal in any order of keys",
			{ a: { x: [1, null], y: { z: "" } } },
			[{ op: "test", path: "/a", value: { y: { z: "" }, x: [1, null] } }],
			{ a: { x: [1, null], y: { z: "" } } },
		],
	])("%s", (_, document, operations, expected) => {
		expect(applyPatch(deepFreeze(document), deepFreeze(operations))).toEqual(expected);
	});
});

test("what no operation touches is shared, not copied", () => {
	const document = { channels: [{ name: "SR" }, { name: "CR" }], version: "1.0.0" };
	const patched = applyPatch(document, [{ op: "replace", path: "/channels/0/name", value: "SR1" }]) as typeof document;
	expect(patched.channels[1]).toBe(document.channels[1]);
	expect(patched.channels[0]).not.toBe(document.channels[0]);
	expect(document.channels[0]!.name).toBe("SR");
});

test("members that an operation does not need are passed over", () => {
	expect(parsePatch('[{ "op": "remove", "path": "/a", "value": 1, "comment": "gone" }]')).toEqual([
		{ op: "remove", path: "/a" },
	]);
});

test("a typed array in a document can be patched", () => {
	const document = { data: Float64Array.of(1, 2) };
	expect(applyPatch(document, [{ op: "replace", path: "/data/1", value: 3 }])).toEqual({ data: [1, 3] });
	expect(document.data).toEqual(Float64Array.of(1, 2));
});

test("a patched workspace parses, and the one before is as it was", () => {
	const document = parseDocument(validWorkspace());
	const signal = { name: "other", data: [1, 2], modifiers: [{ name: "mu_other", type: "normfactor", data: null }] };
	const patched = parseDocument(applyPatch(document, [{ op: "add", path: "/channels/0/samples/-", value: signal }]));
	expect(patched.channels[0]!.samples.map(({ name }) => name)).toEqual(["signal", "background", "other"]);
	expect(document).toEqual(validWorkspace());
});

describeShared("published patches", (shared) => {
	test.each([
		[
			"scikit-hep_scikit-hep-testdata/SUSY-2018-31_sbottom_RegionA_BkgOnly.json",
			"scikit-hep_scikit-hep-testdata/SUSY-2018-31_sbottom_RegionA_patch_1300_205_60.json",
			["CRtt_meff", "SR_meff"],
		],
		[
			"SModelS_smodels-utils/SUSY-2018-04_stau_lowMass_BkgOnly.json",
			"SModelS_smodels-utils/SUSY-2018-04_stau_lowMass_patch_DS_120_1.json",
			["QCR1cut_cuts", "SR1cut_cuts", "WCRcut_cuts"],
		],
	])("%s", (file, patch, channels) => {
		const workspace = shared.workspace(file);
		const before = JSON.stringify(workspace);
		const patched = parseDocument(applyPatch(workspace, parsePatch(shared.json(patch))));
		expect(patched.channels.map(({ name }) => name).sort()).toEqual(channels);
		expect(JSON.stringify(workspace)).toBe(before);
	});
});
