import type { Command } from "commander";

/** Ends with a word on those of the options, by their names in the program, that stand on the command line. */
export function refuseOptions(command: Command, names: readonly string[], reason: string): void {
	const given = command.options.filter((option) => {
		const name = option.attributeName();
		return names.includes(name) && command.getOptionValueSource(name) === "cli";
	});
	if (given.length > 0) command.error(`error: ${reason}; leave out ${given.map(({ long }) => long).join(", ")}`);
}
