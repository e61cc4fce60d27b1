/** Something that the user can mend; the message is the one line that says how, `details` what a tool said before. */
export class Failure extends Error {
	name = "Failure";

	constructor(message, details = "") {
		super(message);
		this.details = details;
	}
}
