import type { Command } from "commander";
import type { FitOptions } from "../index.js";
import type { ToyStudy } from "../toys/toyStudy.js";
import { type Loaded, load } from "./load.js";
import { loadToys, type Toys } from "./loadToys.js";
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
import { addKeeping, type KeepingOptions, type ToyCommandOptions, toyOptions } from "./toyOptions.js";

interface Options extends FitCommandOptions, PlotOptions, ToyCommandOptions, KeepingOptions {}

/** What is special about a command that makes one toy study of a workspace. */
export interface ToyStudyCommand {
	/** Adds the options of the toys. */
	readonly addToyOptions: (command: Command) => Command;
	/** What `--plot` draws. */
	readonly drawn: string;
	readonly help: string;
	readonly plan: (toys: Toys, loaded: Loaded, options: FitOptions & ReturnType<typeof toyOptions>) => ToyStudy;
}

/** Makes of a command one that plans a toy study of a workspace, makes it and reports. */
export function addToyStudy(command: Command, { addToyOptions, drawn, help, plan }: ToyStudyCommand): void {
	addInput(command);
	addToyOptions(command.optionsGroup("Toys:"));
	addFit(command);
	addOutput(command);
	addKeeping(command);
	addPlot(command, { what: drawn });
	command.addHelpText("after", help).action(async (path: string, _: unknown, self: Command) => {
		const options = self.optsWithGlobals<CommandOptions & Options>();
		const fitting = fitOptions(options, self);
		const plot = await prepareOutput(options);
		const loaded = await load(path, options);
		const toys = await loadToys();
		await toys.runAndReport(plan(toys, loaded, { ...fitting, ...toyOptions(options) }), options, { plot });
	});
}
