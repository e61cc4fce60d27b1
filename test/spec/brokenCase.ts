import { expect } from "vitest";
import { parseDocument } from "../../ts/spec/parse.js";
import { problemsOf } from "./problemsOf.js";
import { validWorkspace, withChanges } from "./validWorkspace.js";

/** A workspace with a mistake, and what is said about it. */
export interface BrokenCase {
	readonly title: string;
	/** What is changed in the valid workspace, by path. */
	readonly changes: Readonly<Record<string, unknown>>;
	/** Every problem: `code at path: message`. */
	readonly problems: readonly string[];
}

/** Expects exactly these problems, in this order. */
export function expectProblems({ changes, problems }: BrokenCase): void {
	expect(problemsOf(() => parseDocument(withChanges(validWorkspace(), changes)))).toEqual(problems);
}
