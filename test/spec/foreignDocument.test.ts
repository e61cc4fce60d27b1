import { describe, expect, test } from "vitest";
import { parseDocument } from "../../ts/spec/parse.js";
import { problemsOf } from "./problemsOf.js";
import { validWorkspace } from "./validWorkspace.js";

describe("what is handed in where a workspace belongs", () => {
	test.each<[string, unknown, string]>([
		["nothing", undefined, "not-an-object at : found undefined where a workspace, an object, belongs"],
		["null", null, "not-an-object at : found null where a workspace, an object, belongs"],
		["a number", 3, "not-an-object at : found the number 3 where a workspace, an object, belongs"],
		["a symbol", Symbol("x"), "not-an-object at : found a symbol where a workspace, an object, belongs"],
		["a number as text", "3", "not-an-object at : found the number 3 where a workspace, an object, belongs"],
		["a list", [1, 2], "not-an-object at : found an array where a workspace, an object, belongs"],
		[
			"a patch",
			[{ op: "remove", path: "/channels/0" }],
			"patch-not-workspace at : this is a JSON Patch, not a workspace; apply it to the workspace it was made for",
		],
		[
			"a patch set",
			{ metadata: {}, patches: [], version: "1.0.0" },
			"patch-set-not-workspace at : this is a patch set, not a workspace; apply one of its patches to the workspace it was made for",
		],
		[
			"an HS3 document",
			{ distributions: [], likelihoods: [], metadata: { hs3_version: "0.2" } },
			"hs3-not-workspace at : this is an HS3 document; only workspaces of pyhf's schema can be read",
		],
		[
			"bytes",
			new TextEncoder().encode("{}"),
			"bytes-not-text at : these are bytes; decode them to text first (readFile(path, 'utf8'))",
		],
		[
			"a promise",
			Promise.resolve(validWorkspace()),
			"promise-not-awaited at : this is a promise; await it and hand in what it brings",
		],
	])("%s", (_, input, problem) => {
		expect(problemsOf(() => parseDocument(input))).toEqual([problem]);
	});

	test("a bare model, whose channels are checked all the same", () => {
		const { channels } = validWorkspace() as { channels: { name: string }[] };
		channels[1]!.name = "SR";
		expect(problemsOf(() => parseDocument({ channels, parameters: [] }))).toEqual([
			"model-not-workspace at : this is a bare model; a workspace has observations, measurements and version '1.0.0' beside channels",
			"duplicate-channel at channels[1]: 'SR' stands at channels[0] already; remove or rename one of them",
		]);
	});
});
