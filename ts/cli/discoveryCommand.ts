import type { Command } from "commander";
import { load } from "./load.js";
import { loadToys } from "./loadToys.js";
import {
	addFit,
	addInput,
	addOutput,
	addPlot,
	type CommandOptions,
	type FitCommandOptions,
	fitOptions,
	type PlotOptions,
} from "./options.js";
import { prepareOutput } from "./prepareOutput.js";
import {
	addKeeping,
	addPoints,
	addToys,
	addWorkers,
	type KeepingOptions,
	type ToyCommandOptions,
	toyOptions,
} from "./toyOptions.js";

interface Options extends FitCommandOptions, PlotOptions, ToyCommandOptions, KeepingOptions {}

/** `histfactory discovery`: the p-value of background alone by toys. */
export function addDiscoveryCommand(program: Command): void {
	const command = program
		.command("discovery")
		.description("p-value and significance of an excess over background alone, by toys (q0)");
	addInput(command);
	command.optionsGroup("Toys:");
	addWorkers(addPoints(addToys(command), "by the significance; 1: plain toys"));
	addFit(command);
	addOutput(command);
	addKeeping(command);
	addPlot(command, { what: "draw the distribution of q0 with its value on the data" });
	command
		.addHelpText(
			"after",
			`
Toys are generated at several values of the parameter of interest and weighted back to the background (importance
sampling), so that five standard deviations take no more toys than two.

Examples:
  histfactory discovery workspace.json
  histfactory discovery BkgOnly.json -p patch.json --n 20000 --seed 1 --plot discovery.svg
  histfactory discovery workspace.json --json | jq '.p_value, .significance'`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const { planDiscovery, runAndReport } = await loadToys();
			await runAndReport(planDiscovery(data, model, { ...fitting, ...toyOptions(options) }), options, { plot });
		});
}
