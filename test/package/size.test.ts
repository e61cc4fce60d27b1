import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { bundleWithEsbuild } from "./runners.js";

test("the library with its core and its dependencies takes at most 150 kB of a page's traffic", async () => {
	const bundle = await bundleWithEsbuild(inject("consumer"), {
		platform: "browser",
		format: "esm",
		outfile: "esbuild/size.mjs",
		entry: "consumer/library.js",
	});
	expect(gzipSync(readFileSync(bundle), { level: 9 }).length).toBeLessThanOrEqual(150_000);
});
