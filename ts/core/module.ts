import { CoreError } from "./coreError.js";
import { embeddedModule } from "./generated/moduleBytes.js";
import { inflate } from "./inflate.js";

/** Where the core comes from: its compiled module, its bytes, or an address or response that brings the bytes. */
export type CoreSource = WebAssembly.Module | BufferSource | Response | URL | string;

/** The same without the module, which `Exclude` cannot tell from the others. */
type BytesSource = BufferSource | Response | URL | string;

/** The core that this package carries, compiled at once. */
export function compileEmbedded(): WebAssembly.Module {
	const bytes = embeddedBytes();
	try {
		return new WebAssembly.Module(bytes);
	} catch (error) {
		throw refusal(error);
	}
}

/** The core from a source, or the one that this package carries, compiled in the background. */
export async function compile(source: CoreSource | undefined): Promise<WebAssembly.Module> {
	if (typeof WebAssembly === "object" && source instanceof WebAssembly.Module) return source;
	const bytes = source === undefined ? embeddedBytes() : await bytesOf(source as BytesSource);
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

/** The reason why an engine did not take the core, with what to do about it. */
export function refusal(error: unknown): CoreError {
	const reason = error instanceof Error ? error.message : String(error);
	if (/unsafe-eval|content.security.policy|\bCSP\b/i.test(reason)) {
		const advice = "add 'wasm-unsafe-eval' to its script-src";
		return new CoreError("core-blocked", `the page's Content-Security-Policy forbids WebAssembly: ${advice}`, error);
	}
	if (error instanceof RangeError || /disallowed on the main thread/i.test(reason)) {
		const advice = "call `await init()` once, before anything else";
		return new CoreError("core-asynchronous", `this engine compiles WebAssembly only asynchronously: ${advice}`, error);
	}
	if (error instanceof TypeError || (typeof WebAssembly === "object" && error instanceof WebAssembly.LinkError)) {
		const advice = "give `init` the file histfactory/histfactory.wasm of the same version";
		return new CoreError(
			"core-mismatch",
			`the module is not the core of this version of histfactory: ${advice}`,
			error,
		);
	}
	const needs = "Chrome 91, Firefox 89, Safari 16.4, Node 20 or newer";
	return new CoreError(
		"core-unsupported",
		`this engine cannot run the core, which needs WebAssembly with SIMD (${needs}): ${reason}`,
		error,
	);
}

function embeddedBytes(): Uint8Array<ArrayBuffer> {
	if (embeddedModule === undefined) {
		throw new CoreError(
			"core-missing",
			"histfactory/slim carries no core: call `await init(source)` once, before anything else, with the bytes, the URL or the response of histfactory/histfactory.wasm",
		);
	}
	return inflate(embeddedModule.base64, embeddedModule.size);
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
