import { beforeAll, describe, expect, inject, test } from "vitest";
import { bundleWithEsbuild, bundleWithVite, type ProbeResult, runInNode } from "./runners.js";

const consumer = inject("consumer");

describe("toys of the installed package are the same, bit for bit", () => {
	let imported: ProbeResult;

	beforeAll(() => {
		imported = runInNode(consumer, "consumer/toys.js");
	});

	test("imported in Node: on this thread, in one worker and in two", () => {
		const names = ["counting", "everything", "published"];
		expect(Object.keys(imported)).toEqual(
			names.flatMap((name) => [0, 1, 2].map((workers) => `${name}, ${workers} workers`)),
		);
		for (const name of names) {
			const [alone = "", ...inWorkers] = [0, 1, 2].map((workers) => imported[`${name}, ${workers} workers`]);
			expect(alone).toMatch(/^[0-9a-f]{64} 0\.\d+$/);
			expect(inWorkers).toEqual([alone, alone]);
		}
	});

	test("required in Node", () => {
		expect(runInNode(consumer, "consumer/toysRequired.cjs")).toEqual(imported);
	});

	test.each([
		{ platform: "browser", format: "esm", outfile: "esbuild/toys.browser.mjs" },
		{ platform: "browser", format: "iife", outfile: "esbuild/toys.browser.cjs" },
		{ platform: "node", format: "esm", outfile: "esbuild/toys.node.mjs" },
		{ platform: "node", format: "cjs", outfile: "esbuild/toys.node.cjs" },
	] as const)("bundled by esbuild for $platform as $format", async (options) => {
		await bundleWithEsbuild(consumer, { ...options, entry: "consumer/toys.js" });
		expect(runInNode(consumer, options.outfile)).toEqual(imported);
	});

	test("bundled by Vite", async () => {
		const bundle = await bundleWithVite(consumer, "consumer/toys.js", "vite-toys");
		expect(runInNode(consumer, bundle)).toEqual(imported);
	});
});
