import { HistFactoryError } from "../../errors.js";

/**
 * A file of a toy study that cannot be used.
 *
 * | code | what |
 * |---|---|
 * | `not-a-study`, `not-a-shard` | the text is something else |
 * | `damaged` | it was one, and is cut short or changed |
 * | `other-format` | it is written in a version of the format that this software does not read |
 * | `too-many-toys` | a shard has more toys than one file can hold |
 * | `other-version` | it is of another version of this software, whose toys may be others |
 */
export class ToyFileError extends HistFactoryError {
	override readonly name = "ToyFileError";
}
