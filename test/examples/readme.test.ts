/*
 * Every code block of the README does what it says, with the built package and the built command line.
 *
 * A `ts` block is a program: its types are checked, and it runs in a folder with the files that the README speaks of
 * (`workspace.json`, `BkgOnly.json`, `patch.json`). A `sh` block runs there in a shell; a `text` block after it is what
 * its commands print on a terminal. A `console` block holds npm commands, which must exist.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { signalPlusBackground } from "../../ts/index.js";
import { CLI, NOT_BUILT, runProcess } from "../cli/runCli.js";
import { expectClose } from "../twin/close.js";
import { markdownBlocks } from "./markdownBlocks.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Inside the checkout, where `histfactory` is this package itself.
const folder = join(root, ".build", "readme");
const fixture = join(root, "test/fixtures/sbottom-region-a");
const text = readFileSync(join(root, "README.md"), "utf8");
const blocks = markdownBlocks(text);

describe.skipIf(NOT_BUILT !== undefined)("the README", () => {
	beforeAll(() => {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		const { modified } = JSON.parse(readFileSync(join(root, "examples/floating-background/histograms.json"), "utf8"));
		const { document } = signalPlusBackground({
			signal: modified.signal,
			background: modified.background,
			backgroundUncertainty: modified.background_uncertainty,
			observed: modified.observed,
			floatingBackground: true,
		});
		writeFileSync(join(folder, "workspace.json"), JSON.stringify(document));
		copyFileSync(join(fixture, "BkgOnly.json"), join(folder, "BkgOnly.json"));
		copyFileSync(join(fixture, "patch.sbottom_1300_205_60.json"), join(folder, "patch.json"));
		const command = join(folder, "histfactory");
		writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@" $AS_ON_A_TERMINAL\n`);
		chmodSync(command, 0o755);
	});

	const programs = blocks
		.filter(({ language }) => language === "ts")
		.map(({ line, content }) => ({ name: `README.md:${line}`, path: join(folder, `line${line}.mts`), content }));

	test("has programs that are right in their types", () => {
		for (const { path, content } of programs) writeFileSync(path, content);
		const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
		const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
		const program = ts.createProgram(
			programs.map(({ path }) => path),
			options,
		);
		const problems = programs.flatMap(({ name, path }) =>
			ts
				.getPreEmitDiagnostics(program, program.getSourceFile(path))
				.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
		);
		expect(problems).toEqual([]);
	});

	/** The numbers that the programs print. */
	const printed = [
		[0.827337, 0.034098, 1.026635, 0.214026, 1.375658, 0.450516],
		// pyhf 0.7.6: hypotest and fits of the same model.
		[0.67201, 0.5, 0.744037, 0.173869, 0.308071, 0.511927, 0.754312, 0.931749, 0.725963],
		[
			[0, 1, 1, 1, 1, 1, 1],
			[0.5, 0.50921, 0.304242, 0.453595, 0.644576, 0.837884, 0.959898],
			[1, 0.244437, 0.0902263, 0.193786, 0.384326, 0.655778, 0.891043],
			[1.5, 0.112995, 0.0267614, 0.0801618, 0.216937, 0.484006, 0.79606],
			[2, 0.0508298, 0.00798669, 0.0324847, 0.117505, 0.339842, 0.683652],
			[2.5, 0.0223966, 0.00240308, 0.0129823, 0.0616408, 0.228752, 0.565018],
			[3, 0.00970835, 0.000729341, 0.00513789, 0.0315213, 0.148552, 0.450461],
			[1.604517],
		].flat(),
		[1.026635, 0.811169, 1.23947, 0.827337, 0.793895, 0.862111, 0.214026, 0.168324, 0.132815],
		// Toys; asymptotically 0.0392, 1.3757 and 0.4505, 2.06e-6 (4.604), 0.726.
		[0.044, 0.00458612, 1.36423, 0.0118726, 0.453523, 2.297236e-6, 2.230282e-7, 4.582501, 0.71],
	];

	for (const [i, { name, path, content }] of programs.entries()) {
		test(`has a program at ${name}`, async () => {
			const script = path.replace(/\.mts$/, ".mjs");
			writeFileSync(script, transformSync(content, { loader: "ts" }).code);
			const { code, stdout, stderr } = await runProcess(process.execPath, [script], { cwd: folder });
			expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
			const numbers = stdout.match(/\d+(\.\d+)?(e-\d+)?/g) ?? [];
			expect(numbers).toHaveLength(printed[i]!.length);
			for (const [n, number] of numbers.entries()) expectClose(Number(number), printed[i]![n]!, 1e-5, `number ${n}`);
		});
	}

	for (const [i, { language, line, content }] of blocks.entries()) {
		if (language !== "sh") continue;
		const shown = blocks[i + 1]?.language === "text" ? blocks[i + 1] : undefined;
		test(`has commands at README.md:${line}`, async () => {
			const env = {
				PATH: `${folder}${delimiter}${process.env.PATH}`,
				AS_ON_A_TERMINAL: shown === undefined ? "" : "--format text",
			};
			const { code, stdout, stderr } = await runProcess("sh", ["-e", "-c", content], { cwd: folder, env });
			expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
			if (shown !== undefined) expect(stdout).toBe(shown.content);
		});
	}

	test("has npm commands that exist", () => {
		const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
		const named = [...text.matchAll(/[`$] ?npm (?:run )?([a-z]+)\b/g)].map(([, name]) => name);
		const known = [...Object.keys(scripts), "pack", "install"];
		expect(named.filter((name) => !known.includes(name!))).toEqual([]);
		expect(named).toContain("demo");
	});

	test("has no other code blocks", () => {
		expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual(["console", "sh", "text", "ts"]);
	});

	test("links to files that exist", () => {
		const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!);
		expect(links.length).toBeGreaterThan(3);
		expect(
			links.filter((path) => !ts.sys.fileExists(join(root, path)) && !ts.sys.directoryExists(join(root, path))),
		).toEqual([]);
	});
});
