import { applyOperation as applyTo, escapePathComponent, unescapePathComponent } from "fast-json-patch";
import { PatchError } from "../errors.js";
import { readJson } from "./json.js";
import { jsonEquals } from "./jsonEquals.js";
import { nearest } from "./nearest.js";
import { describe, formatPath, type PathSegment, quote } from "./path.js";
import { firstHole } from "./sparseArray.js";

/** One JSON Patch operation (RFC 6902). */
export interface PatchOperation {
	readonly op: "add" | "remove" | "replace" | "move" | "copy" | "test";
	/** JSON Pointer (RFC 6901) of the place to change: `/channels/0/samples/-`. */
	readonly path: string;
	/** JSON Pointer of the value to move or copy. */
	readonly from?: string;
	/** The value to add, to put in place, or to test for. */
	readonly value?: unknown;
}

/** Operations and the members that each needs beside `op`. */
const MEMBERS: ReadonlyMap<unknown, readonly ("path" | "from" | "value")[]> = new Map([
	["add", ["path", "value"]],
	["remove", ["path"]],
	["replace", ["path", "value"]],
	["move", ["from", "path"]],
	["copy", ["from", "path"]],
	["test", ["path", "value"]],
]);

/**
 * The operations of a JSON Patch, from text or from a value already parsed. The values that they carry
 * are those of the input, not copies.
 *
 * @param place - What to call the patch in paths of errors.
 * @throws PatchError `not-a-patch`, `patch-set-not-patch`, `operation-not-object`, `unknown-operation`,
 * `missing-member`, `wrong-type`, `bad-pointer`, `forbidden-token`, and those of `readJson`.
 */
export function parsePatch(input: unknown, place: readonly (string | number)[] = ["patch"]): readonly PatchOperation[] {
	const value = typeof input === "string" ? parsedJson(input) : input;
	if (Array.isArray(value)) return Object.freeze(Array.from(value, (entry, i) => checkOperation(entry, [...place, i])));
	if (typeof value === "object" && value !== null && "patches" in value) {
		const message = "this is a patch set, not a patch; name the point of it that is meant";
		throw new PatchError("patch-set-not-patch", message, formatPath(place));
	}
	const message = `found ${describe(value)} where a JSON Patch, a list of operations, belongs`;
	throw new PatchError("not-a-patch", message, formatPath(place));
}

function parsedJson(text: string): unknown {
	const reading = readJson(text);
	if ("value" in reading) return reading.value;
	const { code, at, message } = reading.finding;
	throw new PatchError(code, message, formatPath(at));
}

function checkOperation(entry: unknown, at: readonly PathSegment[]): PatchOperation {
	if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
		throw fault("operation-not-object", `found ${describe(entry)} where an object with op and path belongs`, at);
	}
	const given = entry as Readonly<Record<string, unknown>>;
	const needed = MEMBERS.get(given.op);
	if (needed === undefined) throw unknownOperation(given.op, at);
	for (const member of needed) {
		if (given[member] === undefined) {
			throw fault("missing-member", `operation '${given.op}' needs '${member}'`, [...at, member]);
		}
		if (member !== "value") pointerTokens(given[member], [...at, member]);
	}
	const operation = Object.fromEntries(needed.map((member) => [member, given[member]]));
	return Object.freeze({ op: given.op, ...operation }) as unknown as PatchOperation;
}

function unknownOperation(op: unknown, at: readonly PathSegment[]): PatchError {
	const names = [...MEMBERS.keys()] as string[];
	if (op === undefined)
		return fault("missing-member", `an operation needs 'op'; choose one of ${names.join(", ")}`, [...at, "op"]);
	const meant = typeof op === "string" ? nearest(op, names) : undefined;
	const advice = meant === undefined ? `choose one of ${names.join(", ")}` : `did you mean '${meant}'?`;
	return fault("unknown-operation", `found ${describe(op)} where an operation belongs; ${advice}`, [...at, "op"]);
}

/** Keys that JavaScript gives a meaning of its own. */
const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** The unescaped steps of a JSON Pointer. */
function pointerTokens(pointer: unknown, at: readonly PathSegment[]): string[] {
	if (typeof pointer !== "string") {
		throw fault("wrong-type", `found ${describe(pointer)} where a JSON Pointer, a string, belongs`, at);
	}
	if (pointer === "") return [];
	if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) {
		const message = `${quote(pointer)} is no JSON Pointer; it starts with '/', and '~' stands as '~0', '/' in a key as '~1'`;
		throw fault("bad-pointer", message, at);
	}
	const tokens = pointer.slice(1).split("/").map(unescapePathComponent);
	const forbidden = tokens.find((token) => FORBIDDEN.has(token));
	if (forbidden !== undefined) {
		throw fault("forbidden-token", `no key of a workspace is called '${forbidden}', and a patch may not touch it`, at);
	}
	return tokens;
}

/**
 * `value` with a patch applied. Nothing that is handed in changes: the containers along the path of each
 * operation are copied, everything else is shared between input, operations and result.
 *
 * @throws PatchError for malformed operations as in {@link parsePatch}, and for those that do not fit:
 * `bad-index`, `index-out-of-range`, `target-missing`, `test-failed`, `move-into-itself`, `root-removed`,
 * `sparse-array`.
 */
export function applyPatch(value: unknown, operations: readonly PatchOperation[]): unknown {
	return parsePatch(operations).reduce((document, operation, i) => applyOperation(document, operation, i), value);
}

function applyOperation(document: unknown, operation: PatchOperation, index: number): unknown {
	const { op, value } = operation;
	const at = ["patch", index];
	const path: Pointer = pointer(operation.path, [...at, "path"]);
	switch (op) {
		case "test":
			checkEqual(find(document, path), value, path, at);
			return document;
		case "copy":
			return change(document, "add", path, find(document, pointer(operation.from, [...at, "from"])));
		case "move": {
			const from = pointer(operation.from, [...at, "from"]);
			const moved = find(document, from);
			if (path.text.startsWith(`${from.text}/`)) {
				throw fault(
					"move-into-itself",
					`${quote(from.text)} cannot be moved into ${quote(path.text)}, a part of itself`,
					at,
				);
			}
			if (path.text === from.text) return document;
			return change(change(document, "remove", from), "add", path, moved);
		}
		default:
			return change(document, op, path, value);
	}
}

function checkEqual(found: unknown, wanted: unknown, path: Pointer, at: readonly PathSegment[]): void {
	if (jsonEquals(found, wanted)) return;
	const [is, should] = [describe(found), describe(wanted)];
	const difference = is === should ? "is not equal to the one to test for" : `is ${is}, not ${should}`;
	throw fault("test-failed", `the value at ${quote(path.text)} ${difference}`, at);
}

/** A JSON Pointer taken apart, with its own place for errors. */
interface Pointer {
	readonly text: string;
	readonly tokens: readonly string[];
	readonly at: readonly PathSegment[];
}

function pointer(text: string | undefined, at: readonly PathSegment[]): Pointer {
	return { text: text ?? "", tokens: pointerTokens(text, at), at };
}

type Container = Record<string | number, unknown> | unknown[];

/** Adds, removes or replaces what `path` names, in copies of the containers that lead to it. */
function change(document: unknown, op: "add" | "remove" | "replace", path: Pointer, value?: unknown): unknown {
	const last = path.tokens.at(-1);
	if (last === undefined) {
		if (op === "remove") throw fault("root-removed", "a patch may not remove the whole document", path.at);
		return value;
	}
	const root: Container = copyOf(document, path, 0);
	let parent = root;
	path.tokens.slice(0, -1).forEach((token, depth) => {
		const key = existingKey(parent, token, path, depth);
		const child = copyOf(get(parent, key), path, depth + 1);
		(parent as Record<string | number, unknown>)[key] = child;
		parent = child;
	});
	const depth = path.tokens.length - 1;
	const key = op === "add" ? newKey(parent, last, path) : existingKey(parent, last, path, depth);
	const step = `/${escapePathComponent(String(key))}`;
	applyTo(parent, op === "remove" ? { op, path: step } : { op, path: step, value });
	return root;
}

function find(document: unknown, path: Pointer): unknown {
	return path.tokens.reduce((here, token, depth) => {
		const container = asContainer(here, path, depth);
		return get(container, existingKey(container, token, path, depth));
	}, document);
}

function get(container: Container, key: string | number): unknown {
	return (container as Record<string | number, unknown>)[key];
}

function copyOf(value: unknown, path: Pointer, depth: number): Container {
	const container = asContainer(value, path, depth);
	if (!Array.isArray(container)) return { ...container };
	if (firstHole(container) === undefined) return [...container];
	throw fault("sparse-array", `${nameOf(path, depth)} has holes; give every entry`, path.at);
}

function asContainer(value: unknown, path: Pointer, depth: number): Container {
	if (typeof value === "object" && value !== null)
		return ArrayBuffer.isView(value) ? Array.from(value as never) : (value as Container);
	const message = `there is nothing at ${quote(path.text)}: ${nameOf(path, depth)} is ${describe(value)}`;
	throw fault("target-missing", message, path.at);
}

/** The key or index of an entry that must be there. */
function existingKey(container: Container, token: string, path: Pointer, depth: number): string | number {
	if (Array.isArray(container)) return index(container, token, path, depth, container.length - 1);
	if (Object.hasOwn(container, token)) return token;
	const meant = nearest(token, Object.keys(container));
	const advice = meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
	const place = nameOf(path, depth);
	throw fault(
		"target-missing",
		`there is nothing at ${quote(path.text)}: ${place} has no key ${quote(token)}${advice}`,
		path.at,
	);
}

/** The key or index at which a value can be added. */
function newKey(container: Container, token: string, path: Pointer): string | number {
	if (!Array.isArray(container)) return token;
	return token === "-" ? container.length : index(container, token, path, path.tokens.length - 1, container.length);
}

function index(list: readonly unknown[], token: string, path: Pointer, depth: number, largest: number): number {
	const place = nameOf(path, depth);
	if (!/^(?:0|[1-9][0-9]*)$/.test(token)) {
		throw fault("bad-index", `${place} is a list, and ${quote(token)} is no index of one`, path.at);
	}
	if (Number(token) <= largest) return Number(token);
	const entries = `${list.length} ${list.length === 1 ? "entry" : "entries"}`;
	throw fault("index-out-of-range", `${place} has ${entries}, so index ${token} is out of range`, path.at);
}

/** What messages call the container that step `depth` looks into. */
function nameOf({ text }: Pointer, depth: number): string {
	const steps = text.split("/").slice(0, depth + 1);
	return depth === 0 ? "the document" : quote(steps.join("/"));
}

function fault(code: string, message: string, at: readonly PathSegment[]): PatchError {
	return new PatchError(code, message, formatPath(at));
}
