import { HistFactoryError } from "../errors.js";

/** Toys that do not belong together: of another study, there twice, out of its range. */
export class ToyError extends HistFactoryError {
	override readonly name = "ToyError";
}
