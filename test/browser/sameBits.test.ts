import { readFileSync } from "node:fs";
import { expect, inject } from "vitest";
import { bundleWithEsbuild, runInNode } from "../package/runners.js";
import { browserTest } from "./chromium.js";

const consumer = inject("consumer");

browserTest("fits, tests, limits and intervals are the same in Chromium and in Node, bit for bit", async (open) => {
	const bundle = await bundleWithEsbuild(consumer, {
		platform: "browser",
		format: "iife",
		outfile: "esbuild/chromium.js",
	});
	const page = await open({ scripts: { "/main.js": readFileSync(bundle, "utf8") } });
	const result = await page.evaluate("globalThis.result");
	expect(JSON.parse(String(result))).toEqual(runInNode(consumer, "consumer/main.js"));
});
