import { CoreError } from "./coreError.js";

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
