import { WorkspaceError } from "../../ts/errors.js";

/** The problems of the WorkspaceError that `action` throws, as `code at path: message`; none if it throws nothing. */
export function problemsOf(action: () => unknown): string[] {
	try {
		action();
	} catch (error) {
		if (!(error instanceof WorkspaceError)) throw error;
		return error.problems.map(({ code, path, message }) => `${code} at ${path}: ${message}`);
	}
	return [];
}
