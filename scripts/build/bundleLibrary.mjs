import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { build } from "esbuild";
import { bundledLicences } from "../bundledLicences.mjs";
import { root } from "../setup/command.mjs";

/**
 * Writes `histfactory` and `histfactory/report`, with what they share in a third file, and `histfactory/slim`, the
 * library without the bytes of its core. What they need of other packages is in them: one file loads in a tenth of the
 * time that eighty take.
 */
export async function bundleLibrary(outFolder) {
	await bundle({ index: "ts/index.ts", "report/index": "ts/report/index.ts" }, outFolder);
	await bundle({ slim: "ts/slim.ts" }, outFolder, [withoutTheBytes]);
}

async function bundle(entryPoints, outdir, plugins = []) {
	const { metafile, outputFiles } = await build({
		absWorkingDir: root,
		entryPoints,
		outdir,
		chunkNames: "shared",
		bundle: true,
		splitting: true,
		write: false,
		platform: "neutral",
		mainFields: ["module", "main"],
		format: "esm",
		target: "es2022",
		// Names stay, for those who read a stack.
		minifyWhitespace: true,
		minifySyntax: true,
		legalComments: "none",
		sourcemap: true,
		metafile: true,
		logLevel: "warning",
		plugins,
	});
	for (const { path, text } of outputFiles) {
		const output = metafile.outputs[relative(root, path)];
		await mkdir(dirname(path), { recursive: true });
		if (path.endsWith(".map")) await writeFile(path, withOwnSources(text));
		else
			await writeFile(
				path,
				text.replace(/(?=\/\/# sourceMappingURL)/, await bundledLicences({ outputs: { output } }, root)),
			);
	}
}

const withoutTheBytes = {
	name: "without-the-bytes",
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]moduleBytes\.js$/ }, () => ({ contents: "export const embeddedModule = undefined;" }));
	},
};

/** A source map with the texts of our own sources only: those of packages and of the core's bytes are megabytes. */
function withOwnSources(text) {
	const map = JSON.parse(text);
	const isOwn = (source) => !/node_modules\/|\/moduleBytes\.js$/.test(source);
	const sourcesContent = map.sources.map((source, i) => (isOwn(source) ? map.sourcesContent[i] : null));
	return JSON.stringify({ ...map, sourcesContent });
}
