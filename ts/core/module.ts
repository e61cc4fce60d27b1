import { CoreError } from "./coreError.js";
import { inflate } from "./inflate.js";
import { refusal } from "./refusal.js";

/** A compiled core within the code, deflated, and its size in bytes. */
export interface EmbeddedModule {
	readonly size: number;
	readonly base64: string;
}

/** Where the core comes from: its compiled module, its bytes, or an address or response that brings the bytes. */
export type CoreSource = WebAssembly.Module | BufferSource | Response | URL | string;

/** The same without the module, which `Exclude` cannot tell from the others. */
type BytesSource = BufferSource | Response | URL | string;

/** A core that this package carries, compiled at once. */
export function compileEmbedded(embedded: EmbeddedModule | undefined): WebAssembly.Module {
	const bytes = embeddedBytes(embedded);
	try {
		return new WebAssembly.Module(bytes);
	} catch (error) {
		throw refusal(error);
	}
}

/** The core from a source, or the one that this package carries where there is none, compiled in the background. */
export async function compile(
	source: CoreSource | undefined,
	embedded: EmbeddedModule | undefined,
): Promise<WebAssembly.Module> {
	if (typeof WebAssembly === "object" && source instanceof WebAssembly.Module) return source;
	const bytes = source === undefined ? embeddedBytes(embedded) : await bytesOf(source as BytesSource);
	if (!isWebAssembly(bytes)) {
		throw new CoreError(
			"core-mismatch",
			"the source given to `init` is not WebAssembly: a server that answers with a page, perhaps?",
		);
	}
	try {
		return await WebAssembly.compile(bytes);
	} catch (error) {
		throw refusal(error);
	}
}

function embeddedBytes(embedded: EmbeddedModule | undefined): Uint8Array<ArrayBuffer> {
	if (embedded === undefined) {
		throw new CoreError(
			"core-missing",
			"histfactory/slim carries no core: call `await init(source)` once, before anything else, with the bytes, the URL or the response of histfactory/histfactory.wasm",
		);
	}
	return inflate(embedded.base64, embedded.size);
}

async function bytesOf(source: BytesSource): Promise<BufferSource> {
	if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source;
	const address = source instanceof Response ? source.url || "the given response" : String(source);
	let response: Response;
	try {
		response = source instanceof Response ? source : await fetch(source);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const advice = "where it is a file, give `init` its bytes";
		throw new CoreError(
			"core-unreachable",
			`the core could not be fetched from ${address} (${reason}); ${advice}`,
			error,
		);
	}
	if (!response.ok) {
		throw new CoreError(
			"core-unreachable",
			`the core could not be fetched from ${address}: HTTP status ${response.status}`,
		);
	}
	return response.arrayBuffer();
}

/** Every WebAssembly module begins with a zero byte and `asm`. */
function isWebAssembly(source: BufferSource): boolean {
	const bytes = ArrayBuffer.isView(source)
		? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
		: new Uint8Array(source);
	return [0x00, 0x61, 0x73, 0x6d].every((byte, i) => bytes[i] === byte);
}
