/** One step of a path into a document: a key or an index. */
export type PathSegment = string | number;

/** A path as people write it: `channels[2].samples[0].data`; empty for the document itself. */
export function formatPath(segments: readonly PathSegment[]): string {
	let path = "";
	for (const segment of segments) {
		if (typeof segment === "number") path += `[${segment}]`;
		else if (/^[A-Za-z_$][\w$]{0,59}$/.test(segment)) path += path === "" ? segment : `.${segment}`;
		else path += `[${quote(segment)}]`;
	}
	return path;
}

const LONGEST = 60;

/**
 * A name or string of the input in single quotes, fit for a message: control characters and lone
 * surrogates escaped, since messages reach terminals, and cut after 60 characters.
 */
export function quote(text: string): string {
	const shown = JSON.stringify(text.slice(0, LONGEST)).slice(1, -1).replaceAll('\\"', '"');
	return `'${shown}${text.length > LONGEST ? "…" : ""}'`;
}

/** What a value is, for messages: `null`, `the string '0.5'`, `an array`. Looks no deeper than the value itself. */
export function describe(value: unknown): string {
	if (value === null || value === undefined || typeof value === "boolean") return String(value);
	if (typeof value === "number") return Number.isFinite(value) ? `the number ${value}` : String(value);
	if (typeof value === "string") return `the string ${quote(value)}`;
	if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
	if (ArrayBuffer.isView(value)) return "a typed array";
	return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
