/**
 * Base of every error this library throws on purpose.
 *
 * `code` is stable and meant for programs, `message` for people. `path` names the place in the input
 * (`channels[2].samples[0].data`, `options.fixed.mu`) where there is one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { HistFactoryError, Workspace } from "histfactory";
 *
 * try {
 * 	Workspace.parse("");
 * } catch (error) {
 * 	assert.ok(error instanceof HistFactoryError);
 * 	assert.equal(error.code, "empty-text");
 * }
 * ```
 */
export class HistFactoryError extends Error {
	override readonly name: string = "HistFactoryError";
	/** Stable identifier, kebab-case: `missing-observation`, `not-converged`. */
	readonly code: string;
	/** Where in the input, or `undefined` where no place can be named. */
	readonly path: string | undefined;

	constructor(code: string, message: string, path?: string) {
		super(path === undefined || path === "" ? message : `${path}: ${message}`);
		this.code = code;
		this.path = path;
	}
}

/** One thing that is wrong in a workspace, with what to do about it. */
export interface Problem {
	/** Stable identifier, kebab-case. */
	readonly code: string;
	/** `channels[2].samples[0].modifiers[5].data`; empty for the document itself. */
	readonly path: string;
	/** What is wrong and what to do, in one sentence or two. */
	readonly message: string;
}

/** A workspace that does not hold together; `problems` lists everything found, in document order. */
export class WorkspaceError extends HistFactoryError {
	override readonly name = "WorkspaceError";
	readonly problems: readonly Problem[];

	constructor(problems: readonly [Problem, ...Problem[]]) {
		const [first, ...others] = problems;
		const count = others.length;
		const more = count === 0 ? "" : ` (and ${count} more problem${count === 1 ? "" : "s"})`;
		super(first.code, first.message + more, first.path);
		this.problems = Object.freeze([...problems]);
	}
}

/** A JSON Patch that is malformed or does not fit the document. */
export class PatchError extends HistFactoryError {
	override readonly name = "PatchError";
}

/** A model that cannot be built from a valid workspace, or lacks what was asked of it (a POI). */
export class ModelError extends HistFactoryError {
	override readonly name = "ModelError";
}

/** A data vector of the wrong length or with entries that are not counts. */
export class DataError extends HistFactoryError {
	override readonly name = "DataError";
}

/** An option or argument that is not understood or out of its range. */
export class OptionError extends HistFactoryError {
	override readonly name = "OptionError";
}

/**
 * A fit that did not reach a minimum. It carries no numbers on purpose: a parameter of a fit that
 * failed is not a measurement.
 */
export class FitError extends HistFactoryError {
	override readonly name = "FitError";
}
