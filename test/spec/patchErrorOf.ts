import { PatchError } from "../../ts/errors.js";

/** The PatchError that `action` throws, as `code at message`, where the message begins with the path. */
export function patchErrorOf(action: () => unknown): string | undefined {
	try {
		action();
	} catch (error) {
		if (error instanceof PatchError) return `${error.code} at ${error.message}`;
		throw error;
	}
	return undefined;
}
