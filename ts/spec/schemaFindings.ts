import type * as v from "valibot";
import type { Finding } from "./finding.js";
import { nearest } from "./nearest.js";
import { numberFinding, numberListFindings, wrongType } from "./numberFindings.js";
import { describe, type PathSegment, quote } from "./path.js";
import { isNumberList, MODIFIER_TYPES, type ObjectKind } from "./schema.js";
import { firstHole } from "./sparseArray.js";

type Issue = v.BaseIssue<unknown>;

/** The kinds of object that a schema knows, by tag. */
type Objects = ReadonlyMap<string, ObjectKind>;

/**
 * What a failed run of a schema found, in our own words.
 *
 * Codes: `wrong-type`, `missing-key`, `unknown-key`, `unknown-modifier-type`, `lumi-name`,
 * `unsupported-version`, `empty-list`, `missing-entry`, `bad-format`, `bounds-length`, `bounds-order`, and
 * for what stands in place of a number `number-as-string`, `null-number`, `nan`, `infinite`, `not-a-number`.
 */
export function schemaFindings(issues: readonly Issue[], objects: Objects): Finding[] {
	// An object of the wrong shape may bring several issues for what is one mistake.
	const told = new Set<unknown>();
	return issues.flatMap((issue) => explain(issue, objects, told));
}

function explain(issue: Issue, objects: Objects, told: Set<unknown>): Finding[] {
	const at = (issue.path ?? []).map(({ key }) => key as PathSegment);
	const { input } = issue;
	// Of a pattern, the message is what belongs there.
	if (issue.type === "regex") {
		return [{ code: "bad-format", at, message: `found ${describe(input)} where ${issue.message} belongs` }];
	}
	switch (issue.message) {
		case "numbers":
			return numberListFindings(input, at);
		case "bounds pair":
			return boundsFindings(issue, at, told);
		case "number":
			return [numberFinding(input, at)];
		case "list":
			return [Array.isArray(input) ? holeFinding(input, at) : wrongType(input, "a list", at)];
		case "filled list":
			return [{ code: "empty-list", at, message: "the list is empty; give at least one entry" }];
		case "string":
			return [wrongType(input, "a string", at)];
		case "boolean":
			return [wrongType(input, "true or false", at)];
		case "null":
			return [wrongType(input, "null", at, `a ${siblingType(issue)} carries no data`)];
		case "lumi name":
			return [{ code: "lumi-name", at, message: `found ${describe(input)}; a lumi modifier is always named 'lumi'` }];
		case "point value":
			return [wrongType(input, "a number or a string", at)];
		case "digests":
			return [{ code: "missing-key", at, message: "there is no digest; give 'md5' or 'sha256'" }];
		case "version":
			return [versionFinding(input, at)];
		default:
			return objectFindings(issue, at, objects.get(issue.message)!, told);
	}
}

function siblingType(issue: Issue): unknown {
	return (issue.path!.at(-1)!.input as { readonly type: unknown }).type;
}

function holeFinding(list: readonly unknown[], at: readonly PathSegment[]): Finding {
	const message = "the list has a hole here; give every entry, or shorten the list";
	return { code: "missing-entry", at: [...at, firstHole(list) ?? 0], message };
}

function versionFinding(input: unknown, at: readonly PathSegment[]): Finding {
	const message = `found ${describe(input)}; only version '1.0.0' (a string) of the schema can be read`;
	return { code: "unsupported-version", at, message };
}

function boundsFindings({ input, path }: Issue, at: readonly PathSegment[], told: Set<unknown>): Finding[] {
	if (!isNumberList(input)) {
		const bounds = path!.at(-1)!.input;
		if (told.has(bounds)) return [];
		told.add(bounds);
		return [wrongType(input, "a pair [lower, upper]", at, "bounds are a list of pairs, one per parameter")];
	}
	if (input.length !== 2) {
		const message = `found ${input.length} value${input.length === 1 ? "" : "s"}; bounds are pairs [lower, upper]`;
		return [{ code: "bounds-length", at, message }];
	}
	const findings = numberListFindings(input, at);
	if (findings.length > 0) return findings;
	return [{ code: "bounds-order", at, message: `the lower bound ${input[0]} is above the upper bound ${input[1]}` }];
}

function objectFindings(issue: Issue, at: readonly PathSegment[], kind: ObjectKind, told: Set<unknown>): Finding[] {
	const shape = `an object with ${kind.keys.join(", ")}`;
	const last = issue.path?.at(-1);
	const discriminated = issue.type === "variant" && last?.key === "type";
	if (last === undefined || !(last.origin === "key" || discriminated)) return [wrongType(issue.input, shape, at)];

	const parent = last.input as Readonly<Record<string, unknown>>;
	if (discriminated && "type" in parent) return [typeFinding(issue.input, at)];
	// Each key that is missing and the first that is unknown are issues of their own; all are told at once.
	if (told.has(parent)) return [];
	told.add(parent);
	const place = at.slice(0, -1);
	const isList = Array.isArray(parent) || ArrayBuffer.isView(parent);
	// What may hold any key, such as metadata, has no unknown ones.
	return isList ? [wrongType(parent, shape, place)] : keyFindings(parent, place, kind, issue.type !== "loose_object");
}

/** What other formats call a modifier type: HistFactory's XML and Combine's data cards. */
const FOREIGN_TYPES: ReadonlyMap<string, string> = new Map([
	["overallsys", "normsys"],
	["lnn", "normsys"],
]);

function typeFinding(type: unknown, at: readonly PathSegment[]): Finding {
	if (typeof type !== "string") return wrongType(type, `a modifier type (${MODIFIER_TYPES.join(", ")})`, at);
	const meant = FOREIGN_TYPES.get(type.toLowerCase()) ?? nearest(type, MODIFIER_TYPES);
	const advice = meant === undefined ? `choose one of ${MODIFIER_TYPES.join(", ")}` : `did you mean '${meant}'?`;
	return { code: "unknown-modifier-type", at, message: `there is no modifier type ${quote(type)}; ${advice}` };
}

/** Keys that are missing or not known. A misspelt key is both, and told once. */
function keyFindings(
	parent: Readonly<Record<string, unknown>>,
	at: readonly PathSegment[],
	{ noun, keys, required }: ObjectKind,
	strict: boolean,
): Finding[] {
	const unknown = strict ? unknownKeys(parent, keys) : [];
	const missing = required.filter((key) => !(key in parent) && unknown.every(({ meant }) => meant !== key));
	return [
		...missing.map((key) => ({ code: "missing-key", at: [...at, key], message: missingText(parent, key, noun) })),
		...unknown.map(({ key, meant }) => {
			const advice = meant === undefined ? `${noun} has only ${keys.join(", ")}` : `did you mean '${meant}'?`;
			return { code: "unknown-key", at: [...at, key], message: `unknown key ${quote(key)}; ${advice}` };
		}),
	];
}

function missingText({ type }: Readonly<Record<string, unknown>>, key: string, noun: string): string {
	const bare = key === "data" && (type === "normfactor" || type === "shapefactor" || type === "lumi");
	return bare ? `missing; a ${type} has 'data': null` : `missing; ${noun} needs '${key}'`;
}

/** Enough to see what is wrong with an object that has thousands of keys. */
const MOST_KEYS = 10;

/** Keys that an object should not have, each with the absent one that it may stand for. */
function unknownKeys(parent: object, keys: readonly string[]): { key: string; meant: string | undefined }[] {
	const absent = keys.filter((key) => !(key in parent));
	const unknown: { key: string; meant: string | undefined }[] = [];
	for (const key in parent) {
		if (!keys.includes(key)) unknown.push({ key, meant: nearest(key, absent) });
		if (unknown.length === MOST_KEYS) break;
	}
	return unknown;
}
