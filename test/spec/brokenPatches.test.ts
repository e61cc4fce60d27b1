import { describe, expect, test } from "vitest";
import { applyPatch, parsePatch } from "../../ts/spec/patch.js";
import { patchErrorOf } from "./patchErrorOf.js";

describe("patches that are malformed", () => {
	test.each<[string, unknown, string]>([
		[
			"an object",
			{ op: "remove", path: "/a" },
			"not-a-patch at patch: found an object where a JSON Patch, a list of operations, belongs",
		],
		["null", null, "not-a-patch at patch: found null where a JSON Patch, a list of operations, belongs"],
		[
			"a patch set",
			{ patches: [], metadata: {}, version: "1.0.0" },
			"patch-set-not-patch at patch: this is a patch set, not a patch; name the point of it that is meant",
		],
		[
			"no JSON",
			"[{]",
			"invalid-json at [0]: ']' at line 1, column 3 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
		[
			"an operation that is a string",
			["remove"],
			"operation-not-object at patch[0]: found the string 'remove' where an object with op and path belongs",
		],
		[
			"no op",
			[{ path: "/a" }],
			"missing-member at patch[0].op: an operation needs 'op'; choose one of add, remove, replace, move, copy, test",
		],
		[
			"a misspelt op",
			[{ op: "repalce", path: "/a", value: 1 }],
			"unknown-operation at patch[0].op: found the string 'repalce' where an operation belongs; did you mean 'replace'?",
		],
		[
			"an op of no meaning",
			[{ op: "merge", path: "/a", value: 1 }],
			"unknown-operation at patch[0].op: found the string 'merge' where an operation belongs; choose one of add, remove, replace, move, copy, test",
		],
		["no path", [{ op: "remove" }], "missing-member at patch[0].path: operation 'remove' needs 'path'"],
		[
			"no value",
			[
				{ op: "remove", path: "/b" },
				{ op: "add", path: "/a" },
			],
			"missing-member at patch[1].value: operation 'add' needs 'value'",
		],
		["no from", [{ op: "move", path: "/a" }], "missing-member at patch[0].from: operation 'move' needs 'from'"],
		[
			"a number as path",
			[{ op: "remove", path: 3 }],
			"wrong-type at patch[0].path: found the number 3 where a JSON Pointer, a string, belongs",
		],
		[
			"a path with dots",
			[{ op: "remove", path: "channels.0" }],
			"bad-pointer at patch[0].path: 'channels.0' is no JSON Pointer; it starts with '/', and '~' stands as '~0', '/' in a key as '~1'",
		],
		[
			"a bad escape",
			[{ op: "remove", path: "/a~2b" }],
			"bad-pointer at patch[0].path: '/a~2b' is no JSON Pointer; it starts with '/', and '~' stands as '~0', '/' in a key as '~1'",
		],
		[
			"a bad from",
			[{ op: "copy", from: "a", path: "/b" }],
			"bad-pointer at patch[0].from: 'a' is no JSON Pointer; it starts with '/', and '~' stands as '~0', '/' in a key as '~1'",
		],
		[
			"__proto__",
			[{ op: "add", path: "/__proto__/polluted", value: true }],
			"forbidden-token at patch[0].path: no key of a workspace is called '__proto__', and a patch may not touch it",
		],
		[
			"constructor",
			[{ op: "copy", from: "/constructor/prototype", path: "/a" }],
			"forbidden-token at patch[0].from: no key of a workspace is called 'constructor', and a patch may not touch it",
		],
	])("%s", (_, patch, problem) => {
		expect(patchErrorOf(() => parsePatch(patch))).toBe(problem);
	});
});

describe("patches that do not fit", () => {
	const document = { channels: [{ name: "SR", samples: [] }], version: "1.0.0" };

	test.each<[string, unknown, string]>([
		[
			"a key that is not there",
			{ op: "replace", path: "/observations", value: [] },
			"target-missing at patch[1].path: there is nothing at '/observations': the document has no key 'observations'",
		],
		[
			"a misspelt key",
			{ op: "add", path: "/chanels/0", value: {} },
			"target-missing at patch[1].path: there is nothing at '/chanels/0': the document has no key 'chanels'; did you mean 'channels'?",
		],
		[
			"below a key that is not there",
			{ op: "add", path: "/channels/0/parameters/0", value: 1 },
			"target-missing at patch[1].path: there is nothing at '/channels/0/parameters/0': '/channels/0' has no key 'parameters'",
		],
		[
			"below a string",
			{ op: "add", path: "/version/0", value: 1 },
			"target-missing at patch[1].path: there is nothing at '/version/0': '/version' is the string '1.0.0'",
		],
		[
			"an index that is out of range",
			{ op: "remove", path: "/channels/3" },
			"index-out-of-range at patch[1].path: '/channels' has 1 entry, so index 3 is out of range",
		],
		[
			"an index far beyond the end",
			{ op: "add", path: "/channels/99999999999", value: {} },
			"index-out-of-range at patch[1].path: '/channels' has 1 entry, so index 99999999999 is out of range",
		],
		[
			"a name in place of an index",
			{ op: "remove", path: "/channels/SR" },
			"bad-index at patch[1].path: '/channels' is a list, and 'SR' is no index of one",
		],
		[
			"a leading zero",
			{ op: "remove", path: "/channels/00" },
			"bad-index at patch[1].path: '/channels' is a list, and '00' is no index of one",
		],
		[
			"an empty index",
			{ op: "remove", path: "/channels/" },
			"bad-index at patch[1].path: '/channels' is a list, and '' is no index of one",
		],
		[
			"the end, to be removed",
			{ op: "remove", path: "/channels/-" },
			"bad-index at patch[1].path: '/channels' is a list, and '-' is no index of one",
		],
		[
			"a failing test",
			{ op: "test", path: "/channels/0/name", value: "CR" },
			"test-failed at patch[1]: the value at '/channels/0/name' is the string 'SR', not the string 'CR'",
		],
		[
			"a test of what is not there",
			{ op: "test", path: "/toys", value: null },
			"target-missing at patch[1].path: there is nothing at '/toys': the document has no key 'toys'",
		],
		[
			"from what is not there",
			{ op: "copy", from: "/channels/1", path: "/channels/-" },
			"index-out-of-range at patch[1].from: '/channels' has 1 entry, so index 1 is out of range",
		],
		[
			"into itself",
			{ op: "move", from: "/channels", path: "/channels/0" },
			"move-into-itself at patch[1]: '/channels' cannot be moved into '/channels/0', a part of itself",
		],
		[
			"no document left",
			{ op: "remove", path: "" },
			"root-removed at patch[1].path: a patch may not remove the whole document",
		],
	])("%s", (_, operation, problem) => {
		const operations = parsePatch([{ op: "test", path: "/version", value: "1.0.0" }, operation]);
		expect(patchErrorOf(() => applyPatch(document, operations))).toBe(problem);
		expect(document).toEqual({ channels: [{ name: "SR", samples: [] }], version: "1.0.0" });
	});
});
