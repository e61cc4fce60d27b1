import type { Command } from "commander";
import { addToys, addWorkers } from "./toyOptions.js";
import { addToyStudy } from "./toyStudyCommand.js";

/** `histfactory gof`: the goodness of fit by toys and from the saturated model. */
export function addGofCommand(program: Command): void {
	const command = program
		.command("gof")
		.description("goodness of fit: how often toys of the best fit are described worse than the data");
	addToyStudy(command, {
		addToyOptions: (toys) => addWorkers(addToys(toys)),
		drawn: "draw the distribution of the deviance with that of the data",
		help: `
Examples:
  histfactory gof workspace.json
  histfactory gof BkgOnly.json --n 10000 --seed 1 --plot gof.svg
  histfactory gof workspace.json --json | jq '.p_value, .p_value_chi_square'`,
		plan: ({ planGoodnessOfFit }, { model, data }, options) => planGoodnessOfFit(data, model, options),
	});
}
