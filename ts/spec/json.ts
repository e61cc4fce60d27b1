import type { Finding } from "./finding.js";
import { findJsonFault, type JsonFault, lineAndColumn } from "./jsonSyntax.js";
import { quote } from "./path.js";

/** A text read as JSON: its value, or what keeps it from being JSON. */
export type JsonReading = { readonly value: unknown } | { readonly finding: Finding };

/**
 * Reads JSON text. A byte order mark is passed over; of two equal keys in one object the last counts, as
 * in Python.
 *
 * Findings: `empty-text`, `not-json` (a web page, XML), `truncated-json`, `non-finite-token` (Python's
 * `NaN`, `Infinity`), `invalid-json`; each with line and column.
 */
export function readJson(text: string): JsonReading {
	const json = text.startsWith("\ufeff") ? text.slice(1) : text;
	try {
		return { value: JSON.parse(json) };
	} catch (error) {
		return { finding: explain(json, error) };
	}
}

function explain(json: string, error: unknown): Finding {
	const start = json.trimStart();
	if (start === "") return finding("empty-text", "the text is empty; was the file read to its end?");
	if (start.startsWith("<")) {
		return finding(
			"not-json",
			"this is a web page or XML, not JSON; save the file itself, and convert HistFactory XML first",
		);
	}
	const fault = findJsonFault(json);
	// An engine with a limit of its own, on depth or length, refuses text that is well formed.
	if (fault === undefined)
		return finding("invalid-json", `the text cannot be read as JSON: ${(error as Error).message}`);
	return { code: codeOf(fault), at: shownPlace(fault), message: messageOf(fault, json) };
}

function finding(code: string, message: string): Finding {
	return { code, at: [], message };
}

function codeOf({ kind }: JsonFault): string {
	if (kind === "truncated") return "truncated-json";
	return kind === "non-finite" ? "non-finite-token" : "invalid-json";
}

/** A document of this library is no deeper than 12; a path of a million steps is no help. */
function shownPlace({ at }: JsonFault): JsonFault["at"] {
	return at.length <= 20 ? at : [];
}

function messageOf(fault: JsonFault, json: string): string {
	const { line, column } = lineAndColumn(json, fault.offset);
	const place = `line ${line}, column ${column}`;
	const found = quote(fault.found);
	switch (fault.kind) {
		case "truncated":
			return `the text ends at ${place}; it is cut short, fetch or copy it again`;
		case "non-finite": {
			const token = quote(/^[+-]?[A-Za-z]+/.exec(fault.found)![0]);
			return `${token} at ${place} is no JSON number; Python writes it for a value that is not finite, so give a finite number`;
		}
		case "trailing-comma":
			return `a comma too many before ${found} at ${place}; remove it`;
		case "single-quotes":
			return `${found} at ${place}: JSON strings stand in double quotes; write the file with json.dump, not with print`;
		case "comment":
			return `${found} at ${place}: JSON has no comments; remove it`;
		case "trailing-text":
			return `${found} at ${place} comes after the end of the document; remove what follows it`;
		case "unexpected":
			return `${found} at ${place} is not what JSON allows there; look for a missing comma, quote or bracket`;
	}
}
