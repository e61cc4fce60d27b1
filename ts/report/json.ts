import { compareNames } from "../model/nameOrder.js";

/** What JSON can hold; `null` stands for a number that does not exist (a limit that was not found). */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonRecord;

/** A JSON object. */
export interface JsonRecord {
	readonly [key: string]: JsonValue;
}

/**
 * JSON as pyhf writes it: keys sorted, four blanks of indentation, no line break at the end. An infinite number (an
 * uncertainty that nothing determines) becomes `null`, for JSON has no other word for it.
 */
export function toJson(value: JsonValue): string {
	return JSON.stringify(sorted(value), null, 4);
}

function sorted(value: JsonValue): JsonValue {
	if (value === null || typeof value !== "object") return value;
	if (isList(value)) return value.map(sorted);
	const entries = Object.entries(value).sort(([a], [b]) => compareNames(a, b));
	// fromEntries defines own properties, so that a parameter called "__proto__" stays a key.
	return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
	return Array.isArray(value);
}
