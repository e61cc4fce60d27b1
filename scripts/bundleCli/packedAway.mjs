import { relative, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Bundles what `ts/cli/loadToys.ts` loads into a text that is deflated inside the program, and evaluated when it is asked for:
 * an engine reads all of a file before it runs any of it, and the other commands would wait for that.
 *
 * Modules that the program has anyway are shared: the text gets them through its `require`.
 *
 * @param options esbuild's options for the program
 * @returns the plugin that puts the text in its place, and the metafile of the text
 */
export async function packAway(options) {
	const { absWorkingDir } = options;
	const inFolder = (path) => relative(absWorkingDir, path);
	// The program without it, to know what it has.
	const without = await build({ ...options, write: false, metafile: true, plugins: [...options.plugins, leaveOut] });
	const inputs = Object.values(without.metafile.outputs).flatMap((output) => Object.entries(output.inputs));
	const ofTheProgram = new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file));

	const used = new Set();
	const share = {
		name: "share",
		setup({ onResolve }) {
			onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
				const file = inFolder(resolve(resolveDir, path)).replace(/\.js$/, ".ts");
				if (kind === "entry-point" || !ofTheProgram.has(file)) return undefined;
				used.add(file);
				return { path: file, external: true };
			});
		},
	};
	const { outputFiles, metafile } = await build({
		...options,
		entryPoints: ["ts/cli/toys/index.ts"],
		format: "cjs",
		banner: {},
		write: false,
		metafile: true,
		plugins: [share],
	});
	const text = outputFiles[0].text;
	return { plugin: evaluateWhenAsked(text, [...used].sort()), metafile };
}

const LOADER = /[\\/]ts[\\/]cli[\\/]loadToys\.ts$/;

const leaveOut = {
	name: "leave-out",
	setup({ onLoad }) {
		onLoad({ filter: LOADER }, () => ({ contents: "export const loadToys = undefined;" }));
	},
};

function evaluateWhenAsked(text, shared) {
	const bytes = Buffer.from(text);
	const deflated = deflateRawSync(bytes, { level: 9 }).toString("base64");
	const contents = `
${shared.map((file, i) => `import * as m${i} from "../../${file}";`).join("\n")}
const shared = { ${shared.map((file, i) => `"${file}": m${i}`).join(", ")} };
let loaded;
export async function loadToys() {
	if (loaded === undefined) {
		const { getBuiltinModule } = process;
		const deflated = Buffer.from("${deflated}", "base64");
		const text = getBuiltinModule("node:zlib").inflateRawSync(deflated).toString();
		const compiled = getBuiltinModule("node:vm").compileFunction(text, ["require", "module"], { filename: "histfactory-toys.js" });
		const module = { exports: {} };
		compiled((name) => shared[name] ?? getBuiltinModule(name), module);
		loaded = module.exports;
	}
	return loaded;
}
`;
	return {
		name: "evaluate-when-asked",
		setup({ onLoad }) {
			onLoad({ filter: LOADER }, () => ({ contents, loader: "js" }));
		},
	};
}
