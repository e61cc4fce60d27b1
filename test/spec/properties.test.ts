import fc from "fast-check";
import { expect, test } from "vitest";
import { PatchError, WorkspaceError } from "../../ts/errors.js";
import { findJsonFault } from "../../ts/spec/jsonSyntax.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { applyPatch, type PatchOperation } from "../../ts/spec/patch.js";
import { remarks } from "../../ts/spec/remarks.js";
import { mutated, mutation, pointers, replacement } from "./mutations.js";
import { validWorkspace } from "./validWorkspace.js";

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
