import type { Command } from "commander";
import { addPoints, addToys, addWorkers } from "./toyOptions.js";
import { addToyStudy } from "./toyStudyCommand.js";

/** `histfactory discovery`: the p-value of background alone by toys. */
export function addDiscoveryCommand(program: Command): void {
	const command = program
		.command("discovery")
		.description("p-value and significance of an excess over background alone, by toys (q0)");
	addToyStudy(command, {
		addToyOptions: (toys) => addWorkers(addPoints(addToys(toys), "by the significance; 1: plain toys")),
		drawn: "draw the distribution of q0 with its value on the data",
		help: `
Toys are generated at several values of the parameter of interest and weighted back to the background (importance
sampling), so that five standard deviations take no more toys than two.

Examples:
  histfactory discovery workspace.json
  histfactory discovery BkgOnly.json -p patch.json --n 20000 --seed 1 --plot discovery.svg
  histfactory discovery workspace.json --json | jq '.p_value, .significance'`,
		plan: ({ planDiscovery }, { model, data }, options) => planDiscovery(data, model, options),
	});
}
