import { OptionError } from "../../ts/errors.js";

/** The code of the error with which a drawing is refused. */
export function codeOf(render: () => string): string {
	try {
		render();
	} catch (error) {
		if (error instanceof OptionError) return error.code;
		throw error;
	}
	throw new Error("nothing was refused");
}
