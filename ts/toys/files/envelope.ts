import * as v from "valibot";
import { readJson } from "../../spec/json.js";
import { VERSION } from "../../version.js";
import { ToyFileError } from "./toyFileError.js";

/** What a file of a toy study says it is. */
const STUDY = "histfactory toy study";
const SHARD = "histfactory toy shard";

/** A kind of file. */
export interface FileKind {
	readonly format: typeof STUDY | typeof SHARD;
	/** The version of the format, raised whenever a reader of the one before would misread it. */
	readonly version: number;
	readonly noun: string;
	readonly code: "not-a-study" | "not-a-shard";
}

export const STUDY_FILE: FileKind = { format: STUDY, version: 1, noun: "a toy study", code: "not-a-study" };
export const SHARD_FILE: FileKind = { format: SHARD, version: 1, noun: "a shard of toys", code: "not-a-shard" };

/** Whether a text is meant to be a file of this kind, however damaged. */
export function isFileOf({ format }: FileKind, text: string): boolean {
	// The first member, by which also a text that was cut short can be told.
	return new RegExp(`^\\s*\\{\\s*"format"\\s*:\\s*"${format}"`).test(text);
}

/** The text of a file of this kind with these contents, in one line. */
export function writeEnvelope({ format, version }: FileKind, contents: object): string {
	return `${JSON.stringify({ format, version, software: VERSION, ...contents })}\n`;
}

/**
 * The contents of a file of this kind, as its schema brings them.
 *
 * @throws ToyFileError with every code but that of a wrong checksum, which is for the caller to compare.
 */
export function readEnvelope<T>(kind: FileKind, schema: v.GenericSchema<unknown, T>, text: string): T {
	const reading = readJson(text);
	if (!("value" in reading)) {
		if (isFileOf(kind, text)) throw damaged(kind, reading.finding.message);
		throw new ToyFileError(kind.code, `this is not ${kind.noun}: ${reading.finding.message}`);
	}
	const { format, version, software, ...contents } = Object(reading.value) as Record<string, unknown>;
	if (format !== kind.format) throw new ToyFileError(kind.code, `this is not ${kind.noun}${found(reading.value)}`);
	if (version !== kind.version) {
		throw new ToyFileError(
			"other-format",
			`this is written in version ${String(version)} of its format, and this is histfactory ${VERSION}, which reads version ${kind.version}; use the version of histfactory that wrote it`,
		);
	}
	if (software !== VERSION) {
		throw new ToyFileError(
			"other-version",
			`this was written by histfactory ${String(software)}, and this is ${VERSION}, whose toys may be others; use one version from the plan to the result`,
		);
	}
	const parsed = v.safeParse(schema, contents);
	if (parsed.success) return parsed.output;
	throw damaged(kind, `${v.getDotPath(parsed.issues[0]) ?? "a part"} is not as it was written`);
}

/** The error for a file that is not as it was written. */
export function damaged({ noun }: FileKind, reason: string): ToyFileError {
	return new ToyFileError("damaged", `this was ${noun} and is damaged: ${reason}; copy or make it again`);
}

/** An array in base64, decoded. */
export function decoded<T>(decode: (base64: string) => T | undefined) {
	return v.pipe(
		v.string(),
		v.transform(decode),
		v.custom<T>((value) => value !== undefined),
	);
}

/** A whole number that is not below 0. */
export const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** SHA-256 in hexadecimal digits. */
export const digestText = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

function found(value: unknown): string {
	if (typeof value !== "object" || value === null) return "";
	if ("format" in value && value.format === STUDY) return "; it is a toy study";
	if ("format" in value && value.format === SHARD) return "; it is a shard of toys";
	if ("channels" in value) return "; it is a workspace: plan a study of it first";
	return "";
}
