/*
 * Every example in the documentation is a program that is compiled with strict types and run.
 *
 * An example is a ```ts block under `@example` in a doc comment of ts/. It is whole: whoever copies it has everything,
 * the imports included. `histfactory` and its entries are the sources here. It states what comes out with
 * `node:assert/strict`, and an example that throws has failed.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { examplesOf, extractExamples } from "./extractExamples.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".build", "examples");

const examples = extractExamples(join(root, "ts")).map(({ file, line, code }) => ({
	place: `ts/${file}:${line}`,
	path: join(folder, `${file.replaceAll("/", "-").replace(/\.ts$/, "")}-${line}.ts`),
	code,
}));

describe("examples in doc comments", () => {
	beforeAll(() => {
		// A folder inside the checkout, for the packages it has.
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		for (const { path, code } of examples) writeFileSync(path, code);
	});

	test("are right in their types", () => {
		const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
		const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
		const program = ts.createProgram(
			examples.map(({ path }) => path),
			{
				...options,
				noUnusedLocals: false,
				paths: {
					histfactory: [join(root, "ts/index.ts")],
					"histfactory/*": [join(root, "ts/*/index.ts")],
				},
			},
		);
		const problems = examples.flatMap(({ path, place }) => {
			const source = program.getSourceFile(path);
			return ts
				.getPreEmitDiagnostics(program, source)
				.map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
		});
		expect(problems).toEqual([]);
	});

	for (const { place, path } of examples) {
		test(place, async () => {
			await import(/* @vite-ignore */ path);
		});
	}
});

describe("how examples are read", () => {
	test("only blocks under @example count, and know their line", () => {
		const text = [
			"/**",
			" * ```ts",
			" * notAnExample();",
			" * ```",
			" * @example",
			" * In words:",
			" * ```ts",
			" * one();",
			" *   two();",
			" * ```",
			" * @returns nothing",
			" */",
		].join("\n");
		expect(examplesOf("file.ts", text)).toEqual([{ file: "file.ts", line: 8, code: "one();\n  two();\n" }]);
	});

	test("a block that does not end is named", () => {
		expect(() => examplesOf("file.ts", "\n/**\n * @example\n * ```ts\n * one();\n */")).toThrow(
			"file.ts:4: the example is not closed",
		);
	});
});
