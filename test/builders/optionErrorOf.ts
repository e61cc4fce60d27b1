import { OptionError } from "../../ts/errors.js";

/** The OptionError that `action` throws, as `code at message`, where the message begins with the path. */
export function optionErrorOf(action: () => unknown): string | undefined {
	try {
		action();
	} catch (error) {
		if (error instanceof OptionError) return `${error.code} at ${error.message}`;
		throw error;
	}
	return undefined;
}
