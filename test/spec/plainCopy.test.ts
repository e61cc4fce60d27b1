import { expect, test } from "vitest";
import { plainCopy } from "../../ts/spec/plainCopy.js";
import { validWorkspace } from "./validWorkspace.js";

test("a copy is equal and shares nothing", () => {
	const value = { ...validWorkspace(), extra: [null, true, "", -0, [], {}], empty: Object.create(null) };
	const copy = plainCopy(value) as typeof value;
	expect(copy).toEqual(value);
	const parts = (part: unknown): unknown[] =>
		typeof part === "object" && part !== null ? [part, ...Object.values(part).flatMap(parts)] : [];
	const originals = new Set(parts(value));
	expect(parts(copy).filter((part) => originals.has(part))).toEqual([]);
});

test.each<[string, unknown]>([
	["undefined", undefined],
	["a function", () => 1],
	["a symbol", Symbol("x")],
	["a big integer", 1n],
	["a typed array", Float64Array.of(1)],
	["a date", new Date(0)],
	["an object of a class", new (class Sample {})()],
	["an object with inherited keys", Object.create({ name: "x" })],
	["a hole", new Array(2)],
	["a key that JavaScript gives a meaning of its own", JSON.parse('{"__proto__": {}}')],
	["something that is not plain, deeper down", { a: [{ b: undefined }] }],
])("%s is not plain", (_, value) => {
	expect(plainCopy(value)).toBeUndefined();
	expect(plainCopy({ a: [value] })).toBeUndefined();
});

test("neither is what contains itself, or is deeper than any document", () => {
	const cycle: unknown[] = [];
	cycle.push(cycle);
	expect(plainCopy(cycle)).toBeUndefined();
	let deep: unknown = 1;
	for (let i = 0; i < 1_000_000; i++) deep = [deep];
	expect(plainCopy(deep)).toBeUndefined();
});
