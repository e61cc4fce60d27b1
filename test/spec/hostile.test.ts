import { afterEach, describe, expect, test } from "vitest";
import { parseDocument } from "../../ts/spec/parse.js";
import { applyPatch, type PatchOperation, parsePatch } from "../../ts/spec/patch.js";
import { PatchSet } from "../../ts/spec/patchset.js";
import { patchErrorOf } from "./patchErrorOf.js";
import { problemsOf } from "./problemsOf.js";
import { validWorkspace, withChanges } from "./validWorkspace.js";

const DEPTH = 1_000_000;
const SIGNAL_DATA = "channels[0].samples[0].data";

afterEach(() => {
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect(Object.keys(Object.prototype)).toEqual([]);
});

function nestedArray(depth: number): unknown {
	let nested: unknown = [];
	for (let i = 1; i < depth; i++) nested = [nested];
	return nested;
}

function withSignalData(json: string): string {
	return JSON.stringify(validWorkspace()).replace('"data":[5,6]', `"data":${json}`);
}

describe("text", () => {
	test.each([
		[
			"nested lists",
			"[".repeat(DEPTH) + "]".repeat(DEPTH),
			"not-an-object at : found an array where a workspace, an object, belongs",
		],
		[
			"nested lists in place of numbers",
			withSignalData("[".repeat(DEPTH) + "]".repeat(DEPTH)),
			`not-a-number at ${SIGNAL_DATA}[0]: found an array where a number belongs`,
		],
		[
			"lists that are never closed",
			`{"channels": ${"[".repeat(DEPTH)}`,
			"truncated-json at : the text ends at line 1, column 1000014; it is cut short, fetch or copy it again",
		],
		[
			"a string of fifty million characters that is never closed",
			`"${"a".repeat(5e7)}`,
			"truncated-json at : the text ends at line 1, column 50000002; it is cut short, fetch or copy it again",
		],
		[
			"a number beyond all bounds",
			withSignalData("[5, 1e400]"),
			`infinite at ${SIGNAL_DATA}[1]: found Infinity where a finite number belongs (beyond 1.8e308 a number reads as infinite)`,
		],
		[
			"__proto__",
			`{"__proto__": {"polluted": true}, ${JSON.stringify(validWorkspace()).slice(1)}`,
			"unknown-key at __proto__: unknown key '__proto__'; a workspace has only channels, measurements, observations, version",
		],
		[
			"__proto__ deeper down, and constructor",
			withSignalData('[5, 6], "__proto__": {"polluted": true}, "constructor": {}'),
			[
				"unknown-key at channels[0].samples[0].__proto__: unknown key '__proto__'; a sample has only name, data, modifiers",
				"unknown-key at channels[0].samples[0].constructor: unknown key 'constructor'; a sample has only name, data, modifiers",
			],
		],
	])("%s", (_, text, problems) => {
		expect(problemsOf(() => parseDocument(text))).toEqual([problems].flat());
	});

	test("names that objects give a meaning of their own are names", () => {
		const text = JSON.stringify(validWorkspace())
			.replaceAll('"jes"', '"__proto__"')
			.replaceAll('"SR"', '"constructor"');
		expect(parseDocument(text)).toEqual(JSON.parse(text));
	});

	test("lone surrogates are kept", () => {
		const text = JSON.stringify(validWorkspace()).replaceAll('"jes"', '"\\ud800"');
		expect(parseDocument(text).channels[0]!.samples[1]!.modifiers[0]!.name).toBe("\ud800");
	});

	test("a document with a mistake in each of a million entries brings one problem", () => {
		const text = `{"channels": [${"{},".repeat(DEPTH)}{}], "observation": [], "measurements": [], "version": "1.0.0"}`;
		expect(problemsOf(() => parseDocument(text))).toEqual([
			"missing-key at channels[0].name: missing; a channel needs 'name'",
			"missing-key at channels[0].samples: missing; a channel needs 'samples'",
		]);
	});
});

describe("values in memory", () => {
	test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
		[
			"nested lists in place of modifiers",
			{ "channels[0].samples[0].modifiers": nestedArray(DEPTH) },
			[
				"wrong-type at channels[0].samples[0].modifiers[0]: found an array where an object with name, type, data belongs",
			],
		],
		[
			"sparse numbers",
			{ [SIGNAL_DATA]: Object.assign(new Array(2 ** 32 - 1), { 0: 5 }) },
			[`missing-entry at ${SIGNAL_DATA}[1]: there is no value here; give a number`],
		],
		[
			"a sparse list of channels",
			{ channels: new Array(2 ** 32 - 1) },
			["missing-entry at channels[0]: the list has a hole here; give every entry, or shorten the list"],
		],
		[
			"undefined",
			{ "measurements[0].config.parameters[1].inits": undefined },
			["wrong-type at measurements[0].config.parameters[1].inits: found undefined where a list of numbers belongs"],
		],
		[
			"big integers",
			{ [SIGNAL_DATA]: BigInt64Array.of(5n, 6n) },
			[`not-a-number at ${SIGNAL_DATA}[0]: found a bigint where a number belongs (1 more entry of this list likewise)`],
		],
		[
			"a DataView",
			{ [SIGNAL_DATA]: new DataView(new ArrayBuffer(16)) },
			[`wrong-type at ${SIGNAL_DATA}: found a typed array where a list of numbers belongs`],
		],
	])("%s", (_, changes, problems) => {
		expect(problemsOf(() => parseDocument(withChanges(validWorkspace(), changes)))).toEqual(problems);
	});

	test("a document that contains itself", () => {
		const numbers: unknown[] = [5];
		numbers.push(numbers);
		expect(problemsOf(() => parseDocument(withChanges(validWorkspace(), { [SIGNAL_DATA]: numbers })))).toEqual([
			`not-a-number at ${SIGNAL_DATA}[1]: found an array where a number belongs`,
		]);
		const config: Record<string, unknown> = { poi: "mu", parameters: [] };
		config.config = config;
		expect(
			problemsOf(() => parseDocument(withChanges(validWorkspace(), { "measurements[0].config": config }))),
		).toEqual([
			"unknown-key at measurements[0].config.config: unknown key 'config'; the config of a measurement has only poi, parameters",
		]);
	});

	test("objects without prototype and inherited properties are read like any other", () => {
		expect(parseDocument(Object.assign(Object.create(null), validWorkspace()))).toEqual(validWorkspace());
		expect(parseDocument(Object.create(validWorkspace()))).toEqual(validWorkspace());
	});

	test("getters are read as values, and what they throw is told", () => {
		const { channels, ...others } = validWorkspace();
		expect(
			parseDocument({
				...others,
				get channels() {
					return channels;
				},
			}),
		).toEqual(validWorkspace());
		const failing = {
			...others,
			get channels() {
				throw new Error("no channels today");
			},
		};
		expect(problemsOf(() => parseDocument(failing))).toEqual([
			"unreadable at : reading the document failed (no channels today); hand in plain values, as JSON.parse gives them",
		]);
	});

	test("a value that changes between two readings gets no wrong value through", () => {
		let readings = 0;
		const data = Object.defineProperty([5, 6], 0, {
			get: () => (readings++ === 0 ? Number.NaN : 5),
			enumerable: true,
		});
		expect(problemsOf(() => parseDocument(withChanges(validWorkspace(), { [SIGNAL_DATA]: data })))).toEqual([
			"unreadable at : reading the document failed (it changes while it is read); hand in plain values, as JSON.parse gives them",
		]);
	});

	test("input stays as it is, whether accepted or refused", () => {
		const valid = validWorkspace();
		parseDocument(valid);
		expect(valid).toEqual(validWorkspace());
		const changes = { [SIGNAL_DATA]: ["5", 6], "channels[0].samples[1].modifiers[0].type": "normsyst" };
		const broken = withChanges(validWorkspace(), changes);
		problemsOf(() => parseDocument(broken));
		expect(broken).toEqual(withChanges(validWorkspace(), changes));
	});
});

describe("patches", () => {
	test.each(["__proto__", "constructor", "prototype"])("no path reaches %s", (token) => {
		const value = { polluted: true };
		for (const operation of [
			{ op: "add", path: `/${token}/polluted`, value },
			{ op: "add", path: `/channels/0/${token}`, value },
			{ op: "copy", from: `/${token}`, path: "/version" },
		]) {
			expect(patchErrorOf(() => applyPatch(validWorkspace(), [operation as PatchOperation]))).toContain(
				"forbidden-token",
			);
		}
	});

	test("__proto__ in a value is a key like any other, and the document refuses it", () => {
		const patch = parsePatch(
			'[{"op": "add", "path": "/channels/0/samples/0", "value": {"__proto__": {"polluted": true}}}]',
		);
		const more = [...patch, { op: "add", path: "/channels/0/samples/0/name", value: "x" } as const];
		expect(problemsOf(() => parseDocument(applyPatch(validWorkspace(), more)))).toEqual([
			"unknown-key at channels[0].samples[0].__proto__: unknown key '__proto__'; a sample has only name, data, modifiers",
			"missing-key at channels[0].samples[0].data: missing; a sample needs 'data'",
			"missing-key at channels[0].samples[0].modifiers: missing; a sample needs 'modifiers'",
		]);
	});

	test("values as deep as they like are carried and compared", () => {
		const operations = (compared: unknown): PatchOperation[] => [
			{ op: "add", path: "/deep", value: nestedArray(DEPTH) },
			{ op: "test", path: "/deep", value: compared },
		];
		expect(Object.keys(applyPatch({}, operations(nestedArray(DEPTH))) as object)).toEqual(["deep"]);
		expect(patchErrorOf(() => applyPatch({}, operations(nestedArray(DEPTH - 1))))).toBe(
			"test-failed at patch[1]: the value at '/deep' is not equal to the one to test for",
		);
	});

	test("values that contain themselves are compared", () => {
		const cycle = (length: number) => {
			const first: unknown[] = [];
			let last = first;
			for (let i = 1; i < length; i++) last = [last];
			first.push(last);
			return first;
		};
		const document = applyPatch({}, [{ op: "add", path: "/cycle", value: cycle(2) }]);
		expect(applyPatch(document, [{ op: "test", path: "/cycle", value: cycle(3) }])).toBe(document);
	});

	test("sparse arrays are refused", () => {
		const document = { data: new Array(2 ** 32 - 1) };
		expect(patchErrorOf(() => applyPatch(document, [{ op: "add", path: "/data/0", value: 1 }]))).toBe(
			"sparse-array at patch[0].path: '/data' has holes; give every entry",
		);
		expect(patchErrorOf(() => parsePatch(new Array(2 ** 32 - 1)))).toBe(
			"operation-not-object at patch[0]: found undefined where an object with op and path belongs",
		);
	});

	test("a patch set with a mistake in each of a million entries brings one problem", () => {
		const text = `{"metadata": {}, "patches": [${"0,".repeat(DEPTH)}0], "version": "1.0.0"}`;
		expect(patchErrorOf(() => PatchSet.parse(text))).toBe(
			"missing-key at metadata.references: missing; the metadata of a patch set needs 'references' (and 3 more problems)",
		);
	});
});
