import { resolve } from "node:path";
import { build } from "esbuild";
import { root } from "../setup/command.mjs";

/** The paths of the modules that an entry of dist/ needs and that hold code. */
export async function reachedFrom(entry) {
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		bundle: true,
		write: false,
		packages: "external",
		format: "esm",
		metafile: true,
		logLevel: "warning",
	});
	return pathsOf(metafile);
}

/** The paths of what went into a bundle, from esbuild's metafile. */
export function pathsOf({ inputs }) {
	return Object.keys(inputs).map((path) => resolve(root, path));
}
