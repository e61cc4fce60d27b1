import { build } from "esbuild";
import { root } from "../setup/command.mjs";
import { pathsOf } from "./reachedFrom.mjs";

/**
 * Writes `histfactory/slim`: the library in one file, without the bytes of its core.
 *
 * Returns the paths of the modules of `histfactory` that hold code, and its own.
 */
export async function bundleSlim(outFile) {
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: ["dist/index.js"],
		outfile: outFile,
		allowOverwrite: true,
		bundle: true,
		packages: "external",
		format: "esm",
		target: "es2022",
		sourcemap: true,
		metafile: true,
		logLevel: "warning",
		plugins: [withoutTheBytes],
	});
	return [outFile, ...pathsOf(metafile)];
}

const withoutTheBytes = {
	name: "without-the-bytes",
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]moduleBytes\.js$/ }, () => ({ contents: "export const moduleBase64 = undefined;" }));
	},
};
