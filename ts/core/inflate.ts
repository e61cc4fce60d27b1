import { inflateSync } from "fflate";

/** What Node has for this: `Buffer`, and zlib, from the version on in which a bundle can ask for it without an import. */
interface NodeGlobals {
	readonly Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> };
	readonly process?: { getBuiltinModule?(name: "node:zlib"): { inflateRawSync(bytes: Uint8Array): Uint8Array } };
}

/**
 * The `size` bytes that were deflated (RFC 1951, without a header) and written in base64.
 *
 * In a compressed transfer that is as small as the bytes themselves; in plain text they would take an eighth more in
 * hexadecimal, a third more in base64. Node's own inflate needs a millisecond for the core, fflate ten.
 */
export function inflate(base64: string, size: number): Uint8Array<ArrayBuffer> {
	const { Buffer, process } = globalThis as NodeGlobals;
	const deflated = Buffer === undefined ? decodeBase64(base64) : Buffer.from(base64, "base64");
	const zlib = process?.getBuiltinModule?.("node:zlib");
	return zlib === undefined ? inflateAnywhere(deflated, size) : Uint8Array.from(zlib.inflateRawSync(deflated));
}

/** As Node's, in any engine. */
export function inflateAnywhere(deflated: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
	return inflateSync(deflated, { out: new Uint8Array(size) }) as Uint8Array<ArrayBuffer>;
}

/** The bytes of base64, in any engine. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
	const text = atob(base64);
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}
