import { chmod, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { packAway } from "./bundleCli/packedAway.mjs";
import { bundledLicences } from "./bundledLicences.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Bundles the command line, the library and its WebAssembly modules into one file that runs with Node alone.
 * Plots are drawn by `./plot/index.js` beside that file and turned into PNG by `@resvg/resvg-js`; either is
 * loaded when a command is told to plot.
 */
export async function bundleCli(outFile) {
	const options = {
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
		external: ["@resvg/resvg-js"],
		plugins: [plotsBesideTheBundle, withoutChildProcesses],
		banner: {
			// The CommonJS packages inside ask for Node's modules with require(), and for no others.
			js: "#!/usr/bin/env node\nconst require = process.getBuiltinModule;",
		},
	};
	const toys = await packAway(options);
	const { metafile } = await build({ ...options, metafile: true, plugins: [...options.plugins, toys.plugin] });
	const outputs = [...Object.values(metafile.outputs), ...Object.values(toys.metafile.outputs)];
	const bundle = await readFile(outFile, "utf8");
	await writeFile(outFile, bundle + (await bundledLicences({ outputs }, ROOT)));
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
