import { readFile } from "node:fs/promises";
import { asFileError, FileError } from "./fileError.js";

/** What standard input is called in messages. */
export const STANDARD_INPUT = "standard input";

/**
 * The text of a file in UTF-8, a byte order mark left out; `"-"` reads standard input to its end.
 *
 * @throws FileError where the file cannot be read or is not UTF-8
 */
export async function readText(path: string): Promise<string> {
	const name = path === "-" ? STANDARD_INPUT : path;
	let bytes: Uint8Array;
	try {
		bytes = path === "-" ? await readAll(process.stdin) : await readFile(path);
	} catch (error) {
		throw asFileError(error, name);
	}
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		const hint = bytes[0] === 0x1f && bytes[1] === 0x8b ? "; it looks like gzip: unpack it first" : "";
		throw new FileError("not-utf-8", `this is not text in UTF-8${hint}`, name);
	}
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}
