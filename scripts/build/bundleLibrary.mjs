import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import { build } from "esbuild";
import { bundledLicences } from "../bundledLicences.mjs";
import { root } from "../setup/command.mjs";

/**
 * Writes `histfactory`, `histfactory/report` and `histfactory/toys`, with what all three share in `shared.js` and the rest
 * of the library, which toys need too, in `library.js`; and `histfactory/slim`, the library without the bytes of its core.
 * What they need of other packages is in them: one file loads in a tenth of the time that eighty take.
 */
export async function bundleLibrary(outFolder) {
	const entries = { index: "ts/index.ts", "report/index": "ts/report/index.ts", "toys/index": "ts/toys/index.ts" };
	await bundle(entries, outFolder, [toysWithTheLibrary]);
	await bundle({ slim: "ts/slim.ts" }, outFolder, [withoutTheBytes]);
}

async function bundle(entryPoints, outdir, plugins) {
	const { metafile, outputFiles } = await build({
		absWorkingDir: root,
		entryPoints,
		outdir,
		chunkNames: "[hash]",
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
		logOverride: { "ignored-bare-import": "silent" },
		plugins,
	});
	const rename = renaming(metafile);
	for (const { path, text } of outputFiles) {
		const output = metafile.outputs[relative(root, path)];
		const target = rename(path);
		await mkdir(dirname(target), { recursive: true });
		if (path.endsWith(".map")) await writeFile(target, withOwnSources(text));
		else {
			const licences = await bundledLicences({ outputs: { output } }, root);
			await writeFile(target, rename(text.replace(/(?=\/\/# sourceMappingURL)/, licences)));
		}
	}
}

/** Gives the files that entries share their names in a text: what needs no other file is `shared`, the other `library`. */
function renaming({ outputs }) {
	const chunks = Object.entries(outputs).filter(([path, { entryPoint }]) => path.endsWith(".js") && !entryPoint);
	const names = chunks.map(([path, { imports }]) => [basename(path, ".js"), imports.length > 0 ? "library" : "shared"]);
	if (new Set(names.map(([, name]) => name)).size < names.length) {
		const contents = chunks.map(([, { inputs }]) => Object.keys(inputs).join(", "));
		throw new Error(`the library falls into more files than shared.js and library.js:\n${contents.join("\n")}`);
	}
	return (text) => names.reduce((renamed, [hash, name]) => renamed.replaceAll(`${hash}.js`, `${name}.js`), text);
}

/** An import of all that the library has, so that no file is made of just what `histfactory/toys` does not use. */
const toysWithTheLibrary = {
	name: "toys-with-the-library",
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]ts[\\/]toys[\\/]index\.ts$/ }, async ({ path }) => ({
			contents: `${await readFile(path, "utf8")}\nimport "../index.js";\n`,
			loader: "ts",
		}));
	},
};

const withoutTheBytes = {
	name: "without-the-bytes",
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]moduleBytes\.js$/ }, () => ({ contents: "export const embeddedModule = undefined;" }));
	},
};

/** A source map with the texts of our own sources only: those of packages and of the cores' bytes are megabytes. */
function withOwnSources(text) {
	const map = JSON.parse(text);
	const isOwn = (source) => !/node_modules\/|\/(moduleBytes|workerSource)\.js$/.test(source);
	const sourcesContent = map.sources.map((source, i) => (isOwn(source) ? map.sourcesContent[i] : null));
	return JSON.stringify({ ...map, sourcesContent });
}
