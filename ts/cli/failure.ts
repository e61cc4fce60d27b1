import { HistFactoryError, WorkspaceError } from "../errors.js";
import { visible } from "../report/table.js";
import { inCommandLineWords } from "./commandLineWords.js";

/** An error with the name of the file it comes from. */
export class SourceError extends Error {
	readonly source: string;
	override readonly cause: HistFactoryError;

	constructor(source: string, cause: HistFactoryError) {
		super(cause.message);
		this.source = source;
		this.cause = cause;
	}
}

/** Runs a step on the content of a file; an error of the library in it gets the file's name. */
export function inSource<T>(source: string, step: () => T): T {
	try {
		return step();
	} catch (error) {
		throw error instanceof HistFactoryError ? new SourceError(source, error) : error;
	}
}

/** Whether an error says that an option on the command line is wrong, rather than the input. */
export function isWrongUsage(error: unknown): boolean {
	return isOurs(error) && error.name === "OptionError";
}

/**
 * What to tell about an error, without a line break at the end. Every problem of a workspace has its own
 * line; codes stand in brackets.
 */
export function describeFailure(error: unknown): string {
	return describe(error).map(visible).join("\n");
}

function describe(error: unknown): string[] {
	if (error instanceof SourceError) {
		const [first = "", ...more] = describe(error.cause);
		return [`${error.source}: ${first}`, ...more];
	}
	if (error instanceof WorkspaceError && error.problems.length > 1) {
		return [
			`${error.problems.length} problems:`,
			...error.problems.map(({ path, message, code }) => `  ${path === "" ? "" : `${path}: `}${message} [${code}]`),
		];
	}
	if (isOurs(error)) return [`${inCommandLineWords(error.message)} [${error.code}]`];
	return [`internal error: ${error instanceof Error ? error.message : String(error)} (--debug shows where)`];
}

/** Errors of this project by their shape: the plots, a bundle of their own, have classes of their own. */
function isOurs(error: unknown): error is HistFactoryError {
	return (
		error instanceof Error && "path" in error && "code" in error && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(`${error.code}`)
	);
}
