import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../setup/command.mjs";

/** A TypeScript module of this repository, bundled with what it needs and imported. */
export async function bundled(entry) {
	const { build } = await import("esbuild");
	const outfile = join(root, ".build", `${basename(entry, ".ts")}.mjs`);
	await build({
		absWorkingDir: root,
		entryPoints: [entry],
		outfile,
		bundle: true,
		platform: "neutral",
		mainFields: ["module", "main"],
		target: "es2022",
		format: "esm",
		logLevel: "warning",
		// As in bundlePlot.mjs: a picture must not depend on a window.
		define: { window: "undefined" },
	});
	return import(pathToFileURL(outfile).href);
}
