import { existsSync } from "node:fs";
import { PatchError } from "../index.js";
import { readText, STANDARD_INPUT } from "../io/readText.js";
import { type PatchOperation, parsePatch } from "../spec/patch.js";
import { PatchSet } from "../spec/patchset.js";
import { inSource } from "./failure.js";

/** The operations of a JSON Patch, and the file they come from. */
export interface SourcedPatch {
	readonly source: string;
	readonly operations: readonly PatchOperation[];
}

/**
 * Reads what `--patch` names: a JSON Patch (`patch.json`, `-` for standard input), or one signal point of a
 * published patch set (`patchset.json:NAME`). A file of the whole name goes first, the last colon divides otherwise.
 */
export async function readPatch(spec: string): Promise<SourcedPatch> {
	const colon = existsSync(spec) ? -1 : spec.lastIndexOf(":");
	if (colon > 0) {
		const path = spec.slice(0, colon);
		const text = await readText(path);
		const patchSet = inSource(path, () => PatchSet.parse(text));
		return { source: spec, operations: inSource(path, () => patchSet.patch(spec.slice(colon + 1))) };
	}
	const source = spec === "-" ? STANDARD_INPUT : spec;
	const text = await readText(spec);
	return { source, operations: inSource(source, () => parseOperations(text, spec)) };
}

function parseOperations(text: string, path: string): readonly PatchOperation[] {
	try {
		return parsePatch(text);
	} catch (error) {
		if (!(error instanceof PatchError) || error.code !== "patch-set-not-patch") throw error;
		throw new PatchError(error.code, `this is a patch set; choose one of its points with --patch ${path}:NAME`);
	}
}
