import fc from "fast-check";
import { expect, test } from "vitest";
import { PatchError, WorkspaceError } from "../../ts/errors.js";
import { findJsonFault } from "../../ts/spec/jsonSyntax.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { applyPatch, type PatchOperation } from "../../ts/spec/patch.js";
import { remarks } from "../../ts/spec/remarks.js";
import { validWorkspace } from "./validWorkspace.js";

type Path = readonly (string | number)[];

function everyPath(value: unknown, path: Path = []): Path[] {
	if (typeof value !== "object" || value === null) return [path];
	const entries: [string | number, unknown][] = Array.isArray(value)
		? value.map((entry, i) => [i, entry])
		: Object.entries(value);
	return [path, ...entries.flatMap(([key, entry]) => everyPath(entry, [...path, key]))];
}

const paths = everyPath(validWorkspace()).slice(1);
const pointers = paths.map((path) => `/${path.join("/")}`);

function valueAt(path: Path): unknown {
	return path.reduce((here, key) => (here as Record<string | number, unknown>)[key], validWorkspace() as unknown);
}

/** What may come to stand at a place: another part of a workspace, or anything at all. */
const replacement = fc.oneof(
	fc.constantFrom(...paths).map(valueAt),
	fc.constantFrom<unknown>(
		null,
		"",
		"mu",
		"lumi",
		"5",
		0,
		-1,
		1e-12,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		[],
		{},
		true,
	),
	fc.double(),
	fc.jsonValue(),
	fc.anything(),
);

const mutation = fc.record({ path: fc.constantFrom(...paths), remove: fc.boolean(), value: replacement });

function mutated(mutations: readonly { path: Path; remove: boolean; value: unknown }[]): unknown {
	const document = validWorkspace() as unknown;
	for (const { path, remove, value } of mutations) {
		const key = path.at(-1)!;
		const parent = path
			.slice(0, -1)
			.reduce<unknown>((here, step) => (here as Record<string | number, unknown> | undefined | null)?.[step], document);
		if (typeof parent !== "object" || parent === null) continue;
		if (!remove) (parent as Record<string | number, unknown>)[key] = value;
		else if (Array.isArray(parent)) parent.splice(Number(key), 1);
		else delete (parent as Record<string | number, unknown>)[key];
	}
	return document;
}

/** Runs `action`; an error of another class than `expected` fails the test. */
function outcome<T>(action: () => T, expected: new (...args: never[]) => Error): T | undefined {
	try {
		return action();
	} catch (error) {
		expect(error).toBeInstanceOf(expected);
		return undefined;
	}
}

test("a mutated workspace parses as it is or is refused with problems", () => {
	fc.assert(
		fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
			const input = mutated(mutations);
			const document = outcome(() => parseDocument(input), WorkspaceError);
			if (document === undefined) return;
			expect(document).toEqual(input);
			expect(parseDocument(JSON.stringify(document))).toEqual(JSON.parse(JSON.stringify(document)));
			for (const { message } of remarks(document)) expect(message).toMatch(/\S/);
		}),
		{ numRuns: 1000, seed: 20261123 },
	);
});

test("reading a workspace changes nothing", () => {
	fc.assert(
		fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
			const input = mutated(mutations);
			const twin = structuredClone({ input: mutated(mutations) }).input;
			outcome(() => parseDocument(input), WorkspaceError);
			expect(input).toEqual(twin);
		}),
		{ numRuns: 500, seed: 20261124 },
	);
});

test("a fault is found in a text exactly where JSON.parse refuses it", () => {
	const text = JSON.stringify(validWorkspace(), null, 1);
	const edit = fc.record({
		offset: fc.nat({ max: text.length }),
		removed: fc.nat({ max: 3 }),
		inserted: fc.oneof(
			fc.constantFrom(
				"",
				",",
				"]",
				"}",
				"[",
				"{",
				'"',
				"'",
				"NaN",
				"-Infinity",
				"\\",
				"\n",
				"0",
				".",
				"e",
				"//",
				"tru",
			),
			fc.string({ maxLength: 3 }),
		),
	});
	fc.assert(
		fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), fc.boolean(), (edits, cut) => {
			let broken = text;
			for (const { offset, removed, inserted } of edits) {
				broken = broken.slice(0, offset) + inserted + (cut ? "" : broken.slice(offset + removed));
			}
			let valid = true;
			try {
				JSON.parse(broken);
			} catch {
				valid = false;
			}
			expect(findJsonFault(broken) === undefined).toBe(valid);
			outcome(() => parseDocument(broken), WorkspaceError);
		}),
		{ numRuns: 1500, seed: 20261125 },
	);
});

test("a random patch applies or is refused, and never changes the document", () => {
	const pointer = fc.oneof(
		fc.constantFrom(...pointers),
		fc.constantFrom("", "/", "/channels/-", "/channels/2", "/__proto__/x", "/constructor", "x", "/a~"),
		fc.string({ maxLength: 8 }),
	);
	const operation = fc.record({
		op: fc.constantFrom("add", "remove", "replace", "move", "copy", "test"),
		path: pointer,
		from: pointer,
		value: replacement,
	}) as fc.Arbitrary<PatchOperation>;
	fc.assert(
		fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (operations) => {
			const document = validWorkspace();
			const patched = outcome(() => applyPatch(document, operations), PatchError);
			expect(document).toEqual(validWorkspace());
			if (patched !== undefined) outcome(() => parseDocument(patched), WorkspaceError);
		}),
		{ numRuns: 1500, seed: 20261126 },
	);
	expect(Object.keys(Object.prototype)).toEqual([]);
});
