import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { bundleWithEsbuild } from "./runners.js";

/** How many bytes of a page's traffic a program takes. */
async function trafficOf(entry: string): Promise<number> {
	const outfile = `esbuild/size-${entry.replace("consumer/", "")}`;
	const bundle = await bundleWithEsbuild(inject("consumer"), { platform: "browser", format: "esm", outfile, entry });
	return gzipSync(readFileSync(bundle), { level: 9 }).length;
}

test("the library with its core and its dependencies takes at most 150 kB of a page's traffic", async () => {
	expect(await trafficOf("consumer/library.js")).toBeLessThanOrEqual(150_000);
});

test("toys with their core and the program of their workers take at most 150 kB more", async () => {
	const more = (await trafficOf("consumer/libraryWithToys.js")) - (await trafficOf("consumer/library.js"));
	expect(more).toBeLessThanOrEqual(150_000);
});
