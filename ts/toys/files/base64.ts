import { decodeBase64 } from "../../core/inflate.js";

/** What Node has for this, several times as fast as what every engine has. */
interface NodeGlobals {
	readonly Buffer?: {
		from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer>;
		from(bytes: ArrayBuffer, offset: number, length: number): { toString(encoding: "base64"): string };
	};
}

/** Doubles, lowest byte first, in base64; every NaN is the same one. */
export function encodeDoubles(values: Float64Array): string {
	const view = new DataView(new ArrayBuffer(8 * values.length));
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		// The bits of a NaN are otherwise the engine's choice.
		if (Number.isNaN(value)) view.setUint32(8 * i + 4, 0x7ff80000, true);
		else view.setFloat64(8 * i, value, true);
	}
	return encodeBytes(new Uint8Array(view.buffer));
}

/** Whole numbers of 32 bits, lowest byte first, in base64. */
export function encodeWords(values: Uint32Array): string {
	const view = new DataView(new ArrayBuffer(4 * values.length));
	for (let i = 0; i < values.length; i++) view.setUint32(4 * i, values[i]!, true);
	return encodeBytes(new Uint8Array(view.buffer));
}

/** Bytes in base64. */
export function encodeBytes(bytes: Uint8Array<ArrayBuffer>): string {
	const { Buffer } = globalThis as NodeGlobals;
	return Buffer === undefined
		? encodeBytesAnywhere(bytes)
		: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

/** As Node's, in any engine. */
export function encodeBytesAnywhere(bytes: Uint8Array): string {
	// A multiple of 3, so that the parts put together are the base64 of the whole.
	const part = 3 * 4096;
	const parts: string[] = [];
	for (let first = 0; first < bytes.length; first += part) {
		parts.push(btoa(String.fromCharCode(...bytes.subarray(first, first + part))));
	}
	return parts.join("");
}

/** What {@link encodeDoubles} wrote; `undefined` for anything else. */
export function decodeDoubles(base64: string): Float64Array<ArrayBuffer> | undefined {
	const view = viewOf(base64, 8);
	if (view === undefined) return undefined;
	const values = new Float64Array(view.byteLength / 8);
	for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(8 * i, true);
	return values;
}

/** What {@link encodeWords} wrote; `undefined` for anything else. */
export function decodeWords(base64: string): Uint32Array<ArrayBuffer> | undefined {
	const view = viewOf(base64, 4);
	if (view === undefined) return undefined;
	const values = new Uint32Array(view.byteLength / 4);
	for (let i = 0; i < values.length; i++) values[i] = view.getUint32(4 * i, true);
	return values;
}

/** What {@link encodeBytes} wrote; `undefined` for anything else. */
export function decodeBytes(base64: string): Uint8Array<ArrayBuffer> | undefined {
	const { Buffer } = globalThis as NodeGlobals;
	// Node's passes over what is no base64, and the bytes are fewer than the characters stand for.
	const bytes = Buffer === undefined ? decodeBytesAnywhere(base64) : Uint8Array.from(Buffer.from(base64, "base64"));
	const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
	return bytes?.length === 0.75 * base64.length - padding ? bytes : undefined;
}

/** As Node's, in any engine. */
export function decodeBytesAnywhere(base64: string): Uint8Array<ArrayBuffer> | undefined {
	try {
		return decodeBase64(base64);
	} catch {
		return undefined;
	}
}

/** The bytes of a text where they make whole numbers of so many bytes. */
function viewOf(base64: string, bytesEach: number): DataView<ArrayBuffer> | undefined {
	const bytes = decodeBytes(base64);
	return bytes === undefined || bytes.length % bytesEach !== 0 ? undefined : new DataView(bytes.buffer);
}
