import { readFileSync } from "node:fs";
import { expect, inject } from "vitest";
import { bundleWithEsbuild, runInNode } from "../package/runners.js";
import { browserTest } from "./chromium.js";

const consumer = inject("consumer");

/** Of a test in a page: the digest of its toys, and how many workers were killed and started. */
interface Outcome {
	readonly digest: string;
	readonly killed: number;
	readonly started: number;
}

/** A script for a page. */
async function bundle(entry: string): Promise<string> {
	const outfile = `esbuild/${entry.replaceAll("/", "-")}`;
	return readFileSync(
		await bundleWithEsbuild(consumer, { platform: "browser", format: "iife", outfile, entry }),
		"utf8",
	);
}

browserTest("toys are the same in a page's workers and in Node, bit for bit, without special headers", async (open) => {
	const page = await open({ scripts: { "/main.js": await bundle("consumer/toys.js") } });
	expect(await page.evaluate("globalThis.crossOriginIsolated")).toBe(false);
	const result = await page.evaluate("globalThis.result");
	expect(JSON.parse(String(result))).toEqual(runInNode(consumer, "consumer/toys.js"));
});

browserTest("workers start under any policy that allows them, and one that does not is told of", async (open) => {
	const scripts = { "/main.js": await bundle("consumer/toyWorkers.js") };
	const core = "script-src 'self' 'wasm-unsafe-eval'";
	const resultUnder = async (policy: string) => (await open({ scripts, policy })).evaluate("globalThis.result");

	const made = { inWorkers: 40, here: 40 };
	expect(await resultUnder(`${core}; worker-src blob:`)).toEqual(made);
	expect(await resultUnder(`${core}; worker-src data:`)).toEqual(made);
	expect(await resultUnder(`${core} blob:`)).toEqual(made);
	expect(await resultUnder(core)).toEqual({
		inWorkers: [
			"workers-blocked",
			"no worker can be started (its script was not loaded): allow them, in a page's Content-Security-Policy with `worker-src blob:`, or make the toys on this thread with `workers: 0`",
		],
		here: 40,
	});
});

browserTest(
	"workers of a secure page that are killed half-way are replaced, and the toys are the same",
	async (open) => {
		const page = await open({ scripts: { "/main.js": await bundle("consumer/toyKilled.js") }, secure: true });
		const { untouched, killed } = (await page.evaluate("globalThis.result")) as Record<string, Outcome>;
		expect(untouched).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), killed: 0, started: 2 });
		expect(killed?.killed).toBeGreaterThanOrEqual(1);
		expect(killed).toEqual({ ...untouched, killed: killed?.killed, started: 2 + killed!.killed });
	},
);
