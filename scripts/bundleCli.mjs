import { chmod, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundledLicences } from "./bundledLicences.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Bundles the command line, the library and its WebAssembly module into one file that runs with Node alone.
 * Plots are drawn by `./plot/index.js` beside that file and turned into PNG by `@resvg/resvg-js`; either is
 * loaded when a command is told to plot.
 */
export async function bundleCli(outFile) {
	const { metafile } = await build({
		absWorkingDir: ROOT,
		entryPoints: ["ts/cli/main.ts"],
		outfile: outFile,
		bundle: true,
		platform: "node",
		target: "node20",
		mainFields: ["module", "main"],
		format: "esm",
		minifyWhitespace: true,
		minifySyntax: true,
		legalComments: "none",
		metafile: true,
		external: ["@resvg/resvg-js"],
		plugins: [plotsBesideTheBundle, withoutChildProcesses],
		banner: {
			// The CommonJS packages inside ask for Node's modules with require(), and for no others.
			js: "#!/usr/bin/env node\nconst require = process.getBuiltinModule;",
		},
	});
	const bundle = await readFile(outFile, "utf8");
	await writeFile(outFile, bundle + (await bundledLicences(metafile, ROOT)));
	await chmod(outFile, 0o755);
}

const plotsBesideTheBundle = {
	name: "plots-beside-the-bundle",
	setup(pluginBuild) {
		pluginBuild.onResolve({ filter: /\/plot\/index\.js$/ }, ({ kind }) =>
			kind === "dynamic-import" ? { path: "./plot/index.js", external: true } : undefined,
		);
	},
};

/** commander starts other programs for commands of their own, which there are none of; Node takes 5 ms to load what it needs. */
const withoutChildProcesses = {
	name: "without-child-processes",
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: "nothing" }));
		onLoad({ filter: /^/, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
	},
};
