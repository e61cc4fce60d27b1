import { readFileSync } from "node:fs";
import { expect, inject } from "vitest";
import { bundleWithEsbuild } from "../package/runners.js";
import { browserTest } from "./chromium.js";

const consumer = inject("consumer");

browserTest("a page that forbids WebAssembly is told what to add to its policy", async (open) => {
	const bundle = await bundleWithEsbuild(consumer, {
		platform: "browser",
		format: "iife",
		outfile: "esbuild/policy.js",
		entry: "consumer/reportError.js",
	});
	const scripts = { "/main.js": readFileSync(bundle, "utf8") };

	const forbidding = await open({ scripts, policy: "script-src 'self'" });
	expect(await forbidding.evaluate("globalThis.result")).toEqual({
		synchronous: [
			"core-blocked",
			"the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src",
		],
		asynchronous: [
			"core-blocked",
			"the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src",
		],
	});

	const allowing = await open({ scripts, policy: "script-src 'self' 'wasm-unsafe-eval'" });
	expect(await allowing.evaluate("globalThis.result")).toEqual({ synchronous: [], asynchronous: [] });
});
