import { readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundledLicences } from "./bundledLicences.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Bundles `histfactory/plot` and the drawing library into one ES module that imports nothing and runs in Node,
 * in a page and in a worker.
 */
export async function bundlePlot(outFile) {
	const { metafile } = await build({
		absWorkingDir: ROOT,
		entryPoints: ["ts/plot/index.ts"],
		outfile: outFile,
		bundle: true,
		platform: "neutral",
		mainFields: ["module", "main"],
		target: "es2022",
		format: "esm",
		minify: true,
		legalComments: "none",
		metafile: true,
		logLevel: "warning",
		// The drawing library looks at the window for the pixel ratio, and the picture would depend on it.
		define: { window: "undefined" },
	});
	const bundle = await readFile(outFile, "utf8");
	await writeFile(outFile, bundle + (await bundledLicences(metafile, ROOT)));
}
