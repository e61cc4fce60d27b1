import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as source from "../../ts/plot/index.js";
import { floatingLimit, floatingPostfit, floatingPrefit } from "./records.js";

let folder: string;
let file: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "histfactory-plot-"));
	file = join(folder, "plot.mjs");
	// A script without types.
	const script = pathToFileURL(join(import.meta.dirname, "../../scripts/bundlePlot.mjs")).href;
	const { bundlePlot } = (await import(script)) as { bundlePlot: (outFile: string) => Promise<void> };
	await bundlePlot(file);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the bundle is one file that imports nothing and draws what the sources draw", async () => {
	const text = await readFile(file, "utf8");
	expect(text).not.toMatch(/\bimport\s*[("'{*]|\brequire\(/);
	const bundle = (await import(pathToFileURL(file).href)) as typeof source;
	expect(Object.keys(bundle).sort()).toEqual(Object.keys(source).sort());
	expect(bundle.renderBrazilBand(floatingLimit)).toBe(source.renderBrazilBand(floatingLimit));
	expect(bundle.renderPrefitPostfit(floatingPrefit, floatingPostfit)).toBe(
		source.renderPrefitPostfit(floatingPrefit, floatingPostfit),
	);
});

test("the bundle stays below 112 kB compressed and carries the licences of what is in it", async () => {
	const text = await readFile(file, "utf8");
	expect(gzipSync(text, { level: 9 }).length).toBeLessThan(112_000);
	for (const name of ["@observablehq/plot", "d3-shape", "d3-selection"]) expect(text).toContain(`/*\n${name} `);
});
