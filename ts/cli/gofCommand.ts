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
	addToys,
	addWorkers,
	type KeepingOptions,
	type ToyCommandOptions,
	toyOptions,
} from "./toyOptions.js";

interface Options extends FitCommandOptions, PlotOptions, ToyCommandOptions, KeepingOptions {}

/** `histfactory gof`: the goodness of fit by toys and from the saturated model. */
export function addGofCommand(program: Command): void {
	const command = program
		.command("gof")
		.description("goodness of fit: how often toys of the best fit are described worse than the data");
	addInput(command);
	command.optionsGroup("Toys:");
	addWorkers(addToys(command));
	addFit(command);
	addOutput(command);
	addKeeping(command);
	addPlot(command, { what: "draw the distribution of the deviance with that of the data" });
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory gof workspace.json
  histfactory gof BkgOnly.json --n 10000 --seed 1 --plot gof.svg
  histfactory gof workspace.json --json | jq '.p_value, .p_value_chi_square'`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const { planGoodnessOfFit, runAndReport } = await loadToys();
			await runAndReport(planGoodnessOfFit(data, model, { ...fitting, ...toyOptions(options) }), options, { plot });
		});
}
