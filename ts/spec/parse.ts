import * as v from "valibot";
import { type Problem, WorkspaceError } from "../errors.js";
import { isAcceptable } from "./acceptance.js";
import type { WorkspaceDocument } from "./document.js";
import { type Draft, draftOf } from "./draft.js";
import { type Finding, inDocumentOrder, toProblem } from "./finding.js";
import { recogniseForeign } from "./foreignDocument.js";
import { readJson } from "./json.js";
import { applyPatch, type PatchOperation, parsePatch } from "./patch.js";
import { plainCopy } from "./plainCopy.js";
import { checkRules } from "./rules.js";
import { workspaceShape } from "./schema.js";
import { schemaFindings } from "./schemaFindings.js";

/**
 * A valid workspace document from JSON text or from a value already parsed.
 *
 * The document shares no object with `input`, which is copied: changing one does not change the other.
 * It is not frozen (frozen arrays of numbers are several times larger and slower to read); treat it as
 * read-only. Lists of numbers may be typed arrays; plain arrays come out.
 *
 * @throws WorkspaceError with every problem of the document, in document order; of a broken document with
 * more than 50 000 entries, with the first.
 */
export function parseDocument(input: unknown): WorkspaceDocument {
	if (typeof input !== "string") return check(input);
	const reading = readJson(input);
	if ("finding" in reading) throw failure([reading.finding]);
	return checkOwned(reading.value);
}

/**
 * A document with a JSON Patch applied. It shares what the patch leaves alone with `document`, and nothing with the
 * operations.
 *
 * @throws PatchError where the patch does not fit; WorkspaceError where the result is no valid document.
 */
export function patchDocument(document: WorkspaceDocument, operations: readonly PatchOperation[]): WorkspaceDocument {
	const own = parsePatch(operations).map(withOwnValue);
	if (own.every((operation) => operation !== undefined)) return checkOwned(applyPatch(document, own));
	return check(applyPatch(document, operations));
}

function withOwnValue(operation: PatchOperation): PatchOperation | undefined {
	if (operation.value === undefined) return operation;
	const value = reading(() => plainCopy(operation.value));
	return value === undefined ? undefined : { ...operation, value };
}

/** As `parseDocument`, for a value of plain lists and objects that nobody else holds: it becomes the document. */
function checkOwned(value: unknown): WorkspaceDocument {
	return isAcceptable(value) && checkRules(value).length === 0 ? value : check(value);
}

function check(value: unknown): WorkspaceDocument {
	const { draft, findings, document } = reading(() => applySchema(value));
	const all = [...findings, ...checkRules(draft)];
	if (document !== undefined && all.length === 0) return document;
	throw failure(reading(() => inDocumentOrder(all, value)));
}

interface SchemaResult {
	readonly draft: Draft;
	readonly findings: readonly Finding[];
	/** Only where there are no findings. */
	readonly document?: WorkspaceDocument;
}

function applySchema(value: unknown): SchemaResult {
	const foreign = recogniseForeign(value);
	if (foreign !== undefined && !foreign.hasChannels) return { draft: {}, findings: [foreign.finding] };

	const { schema, objects } = workspaceShape();
	const first = v.safeParse(schema, value, { abortEarly: true });
	if (first.success) return { draft: first.output, findings: [], document: first.output };
	if (entryCount(value) > MOST_ENTRIES) {
		return { draft: {}, findings: foreign ? [foreign.finding] : schemaFindings(first.issues, objects) };
	}

	const result = v.safeParse(schema, value);
	const findings = schemaFindings(result.issues ?? [], objects);
	// The findings read the input again, and a getter may answer otherwise than it did to the schema.
	if (findings.length === 0) throw new Error("it changes while it is read");
	const draft = draftOf(result.output, result.issues ?? []);
	if (foreign === undefined) return { draft, findings };
	return { draft, findings: [foreign.finding, ...findings.filter(({ at }) => at[0] === "channels")] };
}

/**
 * A document with a mistake in each of ten million entries would take more memory to describe than there
 * is; the largest published ones have ten thousand.
 */
const MOST_ENTRIES = 50_000;

/** How many entries a document has, whatever their types; of one that contains itself, too many. */
function entryCount(value: unknown): number {
	const lists = ["channels", "samples", "modifiers", "observations", "measurements", "parameters", "bounds"];
	let count = 0;
	const waiting = [value];
	for (let here = waiting.pop(); here !== undefined && count <= MOST_ENTRIES; here = waiting.pop()) {
		for (const key of lists) {
			const list = (here as Readonly<Record<string, unknown>> | null)?.[key];
			if (!Array.isArray(list)) continue;
			count += list.length;
			if (count <= MOST_ENTRIES) waiting.push(...list.filter((entry) => typeof entry === "object"));
		}
		const config = (here as { readonly config?: unknown } | null)?.config;
		if (typeof config === "object" && config !== null) waiting.push(config);
		count++;
	}
	return count;
}

/**
 * Values in memory may have getters and proxies, and what those throw is the caller's affair, told as a
 * problem of the document.
 */
function reading<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const message = `reading the document failed (${reason}); hand in plain values, as JSON.parse gives them`;
		throw failure([{ code: "unreadable", at: [], message }]);
	}
}

function failure(findings: readonly Finding[]): WorkspaceError {
	return new WorkspaceError(findings.map(toProblem) as [Problem, ...Problem[]]);
}
