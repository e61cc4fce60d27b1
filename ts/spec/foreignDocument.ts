import type { Finding } from "./finding.js";
import { describe } from "./path.js";

/** A value that is no workspace, with whether looking into it as one still makes sense. */
export interface ForeignDocument {
	readonly finding: Finding;
	/** `true` for a bare model, whose channels can be checked all the same. */
	readonly hasChannels: boolean;
}

/**
 * Recognises what people hand in by mistake where a workspace belongs; `undefined` for what may be one.
 *
 * Codes: `bytes-not-text`, `promise-not-awaited`, `patch-not-workspace`, `patch-set-not-workspace`,
 * `hs3-not-workspace`, `model-not-workspace`, `not-an-object`.
 */
export function recogniseForeign(value: unknown): ForeignDocument | undefined {
	if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
		return foreign("bytes-not-text", "these are bytes; decode them to text first (readFile(path, 'utf8'))");
	}
	if (Array.isArray(value)) {
		if (value.some(isOperation)) {
			return foreign(
				"patch-not-workspace",
				"this is a JSON Patch, not a workspace; apply it to the workspace it was made for",
			);
		}
		return foreign("not-an-object", `found ${describe(value)} where a workspace, an object, belongs`);
	}
	if (typeof value !== "object" || value === null) {
		return foreign("not-an-object", `found ${describe(value)} where a workspace, an object, belongs`);
	}
	if (typeof (value as { then?: unknown }).then === "function") {
		return foreign("promise-not-awaited", "this is a promise; await it and hand in what it brings");
	}
	if ("patches" in value) {
		return foreign(
			"patch-set-not-workspace",
			"this is a patch set, not a workspace; apply one of its patches to the workspace it was made for",
		);
	}
	if ("distributions" in value && "likelihoods" in value) {
		return foreign("hs3-not-workspace", "this is an HS3 document; only workspaces of pyhf's schema can be read");
	}
	if ("channels" in value && !["observations", "measurements", "version"].some((key) => key in value)) {
		const message =
			"this is a bare model; a workspace has observations, measurements and version '1.0.0' beside channels";
		return { finding: { code: "model-not-workspace", at: [], message }, hasChannels: true };
	}
	return undefined;
}

function foreign(code: string, message: string): ForeignDocument {
	return { finding: { code, at: [], message }, hasChannels: false };
}

function isOperation(entry: unknown): boolean {
	return typeof entry === "object" && entry !== null && "op" in entry && "path" in entry;
}
