import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { bundleWithEsbuild, bundleWithVite, type ProbeResult, runInNode } from "./runners.js";

const consumer = inject("consumer");

const QUESTIONS = ["nll", "fit", "hypotest", "scan", "limit", "interval", "contour", "impacts"];

describe("the installed package gives the same numbers, bit for bit", () => {
	let imported: ProbeResult;

	beforeAll(() => {
		imported = runInNode(consumer, "consumer/main.js");
	});

	test("imported in Node: the probe has a result for every kind of question", () => {
		expect(Object.keys(imported)).toEqual(
			["counting", "everything", "published"].flatMap((name) => QUESTIONS.map((question) => `${name}: ${question}`)),
		);
		for (const bits of Object.values(imported)) expect(bits).toMatch(/^([0-9a-f]{16})+$/);
	});

	test("required in Node", () => {
		expect(runInNode(consumer, "consumer/required.cjs")).toEqual(imported);
	});

	test("without the embedded core, which is read from a file", () => {
		expect(runInNode(consumer, "consumer/slim.js")).toEqual(imported);
	});

	test.each([
		{ platform: "browser", format: "esm", outfile: "esbuild/browser.mjs" },
		{ platform: "browser", format: "iife", outfile: "esbuild/browser.cjs" },
		{ platform: "node", format: "esm", outfile: "esbuild/node.mjs" },
		{ platform: "node", format: "cjs", outfile: "esbuild/node.cjs" },
	] as const)("bundled by esbuild for $platform as $format", async (options) => {
		await bundleWithEsbuild(consumer, options);
		expect(runInNode(consumer, options.outfile)).toEqual(imported);
	});

	test("bundled by Vite", async () => {
		const bundle = await bundleWithVite(consumer, "consumer/main.js", "vite");
		expect(runInNode(consumer, bundle)).toEqual(imported);
	});
});

describe("the installed plots and tables", () => {
	test("show results, imported in Node and bundled for a page", async () => {
		const { table = "", plot } = runInNode(consumer, "consumer/shown.js");
		expect(table.split("\n").slice(2, 6)).toEqual([
			"──────────────  ───────────  ────",
			"mu              0.5  ± 1.1",
			"uncertainty[0]  1.00 ± 0.09",
			"uncertainty[1]  1.00 ± 0.17",
		]);
		expect(plot).toMatch(/^<svg .*<\/svg>$/s);
		await bundleWithEsbuild(consumer, {
			platform: "browser",
			format: "esm",
			outfile: "esbuild/shown.mjs",
			entry: "consumer/shown.js",
		});
		expect(runInNode(consumer, "esbuild/shown.mjs")).toEqual({ table, plot });
	});
});

describe("the installed command", () => {
	const run = (commandArguments: readonly string[], input?: string) =>
		execFileSync(join(consumer, "node_modules/.bin/histfactory"), commandArguments, { input, encoding: "utf8" });

	test("says its version", () => {
		const { version } = JSON.parse(readFileSync(join(consumer, "node_modules/histfactory/package.json"), "utf8"));
		expect(run(["--version"]).trim()).toBe(version);
	});

	test("gives the number that the library gives", async () => {
		const { workspaces } = await import(join(consumer, "consumer/workspaces.js"));
		const answer = JSON.parse(run(["cls", "--json"], JSON.stringify(workspaces.counting.document)));
		const bits = runInNode(consumer, "consumer/main.js")["counting: hypotest"] ?? "";
		expect(answer.CLs_obs).toBe(Buffer.from(bits.slice(0, 16), "hex").readDoubleLE());
	});
});
