import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A ```ts block under `@example` in a doc comment. */
export interface Example {
	/** Relative to the folder searched. */
	readonly file: string;
	/** Line of the block's first line of code, from 1. */
	readonly line: number;
	readonly code: string;
}

/** Every example in the TypeScript files below a folder, except generated ones, in order of file and line. */
export function extractExamples(folder: string): Example[] {
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts") && !/(^|\/)generated\//.test(file))
		.sort();
	return files.flatMap((file) => examplesOf(file, readFileSync(join(folder, file), "utf8")));
}

/** The examples in the text of one file. */
export function examplesOf(file: string, text: string): Example[] {
	const examples: Example[] = [];
	for (const comment of text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)) {
		const lines = comment[0].split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
		const first = text.slice(0, comment.index).split("\n").length;
		let inExample = false;
		for (let i = 0; i < lines.length; i++) {
			const line = lines[i]!;
			if (/^@\w+/.test(line)) inExample = line.startsWith("@example");
			if (!inExample || !/^```ts\b/.test(line)) continue;
			const end = lines.indexOf("```", i + 1);
			if (end < 0) throw new Error(`${file}:${first + i}: the example is not closed`);
			examples.push({ file, line: first + i + 1, code: `${lines.slice(i + 1, end).join("\n")}\n` });
			i = end;
		}
	}
	return examples;
}
