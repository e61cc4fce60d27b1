import { describe, expect, test, vi } from "vitest";
import { CoreError } from "../../ts/core/coreError.js";
import { embeddedModule } from "../../ts/core/generated/moduleBytes.js";
import { init } from "../../ts/core/init.js";
import { compile, compileEmbedded } from "../../ts/core/module.js";
import { refusal } from "../../ts/core/refusal.js";

const BLOCKED = "the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src";

async function problem(promise: Promise<unknown>): Promise<[code: string, message: string]> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof CoreError) return [error.code, error.message];
		throw error;
	}
	throw new Error("nothing was thrown");
}

describe("the module", () => {
	test("is the same whether it is compiled at once, in the background or given", async () => {
		const module = compileEmbedded(embeddedModule);
		const exports = WebAssembly.Module.exports(module);
		expect(WebAssembly.Module.exports(await compile(undefined, embeddedModule))).toEqual(exports);
		expect(await compile(module, undefined)).toBe(module);
	});

	test("init without a source loads the core that the package carries, any number of times", async () => {
		expect([await init(), await init()]).toEqual([undefined, undefined]);
	});

	test("bytes that are not WebAssembly are named as that", async () => {
		const page = new TextEncoder().encode("<!doctype html>");
		expect(await problem(compile(page, undefined))).toEqual([
			"core-mismatch",
			"the source given to `init` is not WebAssembly: a server that answers with a page, perhaps?",
		]);
	});

	test("a response that is not good is named with its status", async () => {
		expect(await problem(compile(new Response("", { status: 404 }), undefined))).toEqual([
			"core-unreachable",
			"the core could not be fetched from the given response: HTTP status 404",
		]);
	});

	test("an address that cannot be fetched is named", async () => {
		vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
		expect(await problem(compile("file:///core.wasm", undefined))).toEqual([
			"core-unreachable",
			"the core could not be fetched from file:///core.wasm (fetch failed); where it is a file, give `init` its bytes",
		]);
		vi.unstubAllGlobals();
	});
});

describe("an engine's refusal", () => {
	test.each([
		[
			"Chromium's policy",
			new WebAssembly.CompileError(
				"WebAssembly.Module(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script",
			),
			["core-blocked", BLOCKED],
		],
		[
			"Firefox's policy",
			new WebAssembly.CompileError("call to WebAssembly.Module() blocked by CSP"),
			["core-blocked", BLOCKED],
		],
		[
			"a limit on synchronous compilation",
			new RangeError("WebAssembly.Compile is disallowed on the main thread"),
			[
				"core-asynchronous",
				"this engine compiles WebAssembly only asynchronously: call `await init()` once, before anything else",
			],
		],
		[
			"another module",
			new WebAssembly.LinkError("import requires a callable"),
			[
				"core-mismatch",
				"the module is not the core of this version of histfactory: give `init` the file histfactory/histfactory.wasm of the same version",
			],
		],
		[
			"no SIMD",
			new WebAssembly.CompileError("invalid opcode 0xfd"),
			[
				"core-unsupported",
				"this engine cannot run the core, which needs WebAssembly with SIMD (Chrome 91, Firefox 89, Safari 16.4, Node 20 or newer): invalid opcode 0xfd",
			],
		],
	])("is told with what to do: %s", (_name, reason, expected) => {
		const error = refusal(reason);
		expect([error.code, error.message]).toEqual(expected);
		expect(error.cause).toBe(reason);
	});
});
