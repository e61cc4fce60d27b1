import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, inject, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const installed = join(inject("consumer"), "node_modules/histfactory");
const packed = inject("packed");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

describe("the tarball", () => {
	test("holds documents, a font and dist/, and in dist/ only code, types, source maps and the core", () => {
		const outside = packed.filter((path) => !path.startsWith("dist/"));
		const fonts = ["fonts/Arimo.ttf", "fonts/OFL.txt", "fonts/README.md"];
		expect(outside.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", ...fonts, "package.json"]);
		const kinds = packed
			.filter((path) => path.startsWith("dist/"))
			.map((path) => /\.(d\.ts|js|js\.map|wasm)$/.exec(path)?.[1]);
		expect([...new Set(kinds)].sort()).toEqual(["d.ts", "js", "js.map", "wasm"]);
	});

	test("holds every file that package.json names", () => {
		const exported = Object.values(manifest.exports).flatMap((entry) =>
			typeof entry === "string" ? [entry] : Object.values(entry as Record<string, string>),
		);
		const missing = [...exported, ...Object.values(manifest.bin as Record<string, string>)].filter(
			(path) => !existsSync(join(installed, path)),
		);
		expect(missing).toEqual([]);
	});

	test("holds no code that no entry reaches", async () => {
		const entries = ["index.js", "slim.js", "plot/index.js", "report/index.js", "toys/index.js", "cli.js"].map((file) =>
			join(installed, "dist", file),
		);
		const { metafile } = await build({
			entryPoints: entries,
			absWorkingDir: installed,
			outdir: "reached",
			bundle: true,
			write: false,
			metafile: true,
			platform: "node",
			format: "esm",
			packages: "external",
			external: ["./plot/index.js"],
			logLevel: "error",
		});
		const reached = new Set(Object.keys(metafile.inputs));
		expect(packed.filter((path) => path.endsWith(".js") && !reached.has(path))).toEqual([]);
	});

	test("needs no other package, in code or types", () => {
		expect(manifest.dependencies).toBeUndefined();
		const imported = packed
			.filter((path) => path.endsWith(".d.ts"))
			.flatMap((path) => [
				...readFileSync(join(installed, path), "utf8").matchAll(/^(?! \*).*\b(?:from |import\()"([^"]*)"/gm),
			])
			.map(([, module]) => module);
		expect(imported.filter((module) => !module?.startsWith("."))).toEqual([]);
	});

	// Files and bytes that a program waits for: each file takes Node a millisecond, and a single character beyond
	// Latin-1 makes an engine store and scan the whole file at twice the length.
	test.each([
		{ entry: "index.js", files: ["index.js", "library.js", "shared.js"] },
		{ entry: "report/index.js", files: ["report/index.js", "shared.js"] },
		{ entry: "toys/index.js", files: ["toys/index.js", "library.js", "shared.js"] },
		{ entry: "slim.js", files: ["slim.js"] },
		{ entry: "cli.js", files: ["cli.js"] },
	])("$entry loads no more than $files, in ASCII", async ({ entry, files }) => {
		const { metafile } = await build({
			entryPoints: [join(installed, "dist", entry)],
			absWorkingDir: join(installed, "dist"),
			outdir: "reached",
			bundle: true,
			write: false,
			metafile: true,
			platform: "node",
			format: "esm",
			packages: "external",
			external: ["./plot/index.js"],
			logLevel: "error",
		});
		expect(Object.keys(metafile.inputs).sort()).toEqual([...files].sort());
		for (const file of files) {
			expect(/[^\0-\x7f]/.exec(readFileSync(join(installed, "dist", file), "utf8")), file).toBeNull();
		}
	});

	test("names no folder of the machine that built it", () => {
		const folders = [root.replace(/\/$/, ""), homedir()].filter((folder) => folder.length > 1);
		const naming = packed.filter((path) => {
			const content = readFileSync(join(installed, path), "latin1");
			return folders.some((folder) => content.includes(`${folder}/`));
		});
		expect(naming).toEqual([]);
	});

	test("has source maps that carry their sources", () => {
		for (const path of packed.filter((path) => path.endsWith(".js.map"))) {
			const { sources, sourcesContent } = JSON.parse(readFileSync(join(installed, path), "utf8"));
			expect(sourcesContent?.length, path).toBe(sources.length);
			expect(
				sources.filter((source: string) => source.startsWith("/")),
				path,
			).toEqual([]);
		}
	});
});
