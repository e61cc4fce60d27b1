import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import type { WorkspaceDocument } from "../ts/spec/document.js";
import { parseDocument } from "../ts/spec/parse.js";

/** The published workspaces and reference numbers that stay out of this repository. */
export interface SharedFiles {
	/** Every `.json` file below the workspaces folder, relative to it, sorted. */
	workspaceFiles(): string[];
	/** A workspace by its path relative to the workspaces folder. */
	workspace(file: string): WorkspaceDocument;
	/** The text of any file by its path relative to the workspaces folder. */
	text(file: string): string;
	/** Any JSON file by its path relative to the workspaces folder, unchecked: a patch, a patchset. */
	json(file: string): unknown;
	/** A JSON file of the reference folder, which lies beside the workspaces. */
	reference(file: string): unknown;
	/** A JSON file of the examples folder, which lies beside the workspaces. */
	example(file: string): unknown;
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = resolve(process.env.HISTFACTORY_WORKSPACES ?? join(root, "../shared/workspaces"));

/** A suite that needs the shared files; where they are missing, it says so and is skipped. */
export function describeShared(name: string, suite: (shared: SharedFiles) => void): void {
	if (existsSync(folder)) {
		describe(name, () => suite(shared));
		return;
	}
	const reason = `no folder ${folder}; HISTFACTORY_WORKSPACES may name another`;
	console.warn(`Skipped: ${name} (${reason}).`);
	test.skip(`${name} (skipped: ${reason})`, () => {});
}

const read = (file: string) => readFileSync(join(folder, file), "utf8");

const shared: SharedFiles = {
	workspaceFiles: () =>
		readdirSync(folder, { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(".json"))
			.sort(),
	workspace: (file) => parseDocument(read(file)),
	text: read,
	json: (file) => JSON.parse(read(file)),
	reference: (file) => JSON.parse(read(join("../reference", file))),
	example: (file) => JSON.parse(read(join("../examples", file))),
};
