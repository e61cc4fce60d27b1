import type { Command } from "commander";
import { type FitOptions, intervals, type Model, type ParameterSet } from "../index.js";
import { intervalRecord, intervalTable } from "../report/index.js";
import { parseConfidence, parseCount } from "./arguments.js";
import { emit } from "./emit.js";
import { load } from "./load.js";
import { addFit, addInput, addOutput, type CommandOptions, type FitCommandOptions, fitOptions } from "./options.js";
import { addParameter, type ParameterOptions, poiOf } from "./parameterNames.js";
import { prepareOutput } from "./prepareOutput.js";
import { withProgress } from "./withProgress.js";

interface Options extends FitCommandOptions, ParameterOptions {
	readonly all?: true;
	readonly cl?: number;
	readonly search?: number;
}

/** `histfactory interval`: asymmetric confidence intervals from profiles. */
export function addIntervalCommand(program: Command): void {
	const command = program
		.command("interval")
		.description("confidence intervals from the profile of -2 ln L (MINOS), asymmetric");
	addInput(command);
	command.optionsGroup("Interval:");
	addParameter(command, "parameter, or a set; repeatable (default: the parameter of interest)")
		.option("--all", "all parameters that are free")
		.option("--cl <number>", "confidence level, like 0.95 (default: one standard deviation, 0.6827)", parseConfidence)
		.option("--search <n>", "look for regions apart at so many values between the bounds", parseCount);
	addFit(command);
	addOutput(command);
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory interval workspace.json
  histfactory interval workspace.json --parameter mu --parameter bkgnorm --cl 0.95
  histfactory interval BkgOnly.json -p patch.json --all --format csv > intervals.csv`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const { cl, search } = options;
			const fitting = fitOptions(options, self);
			if (options.all && options.parameter !== undefined) self.error("error: give --all or --parameter, not both");
			await prepareOutput(options);
			const { model, data } = await load(path, options);
			const names = options.all ? freeParameters(model, fitting) : (options.parameter ?? [poiOf(model, self)]);
			const result = withProgress("intervals", options.quiet === true, (onProgress) =>
				intervals(names, data, model, {
					...fitting,
					onProgress,
					...(cl === undefined ? {} : { confidenceLevel: cl }),
					...(search === undefined ? {} : { searchPoints: search }),
				}),
			);
			await emit({ record: () => intervalRecord(result), tables: [() => intervalTable(result)] }, options);
		});
}

/** Labels of the parameters that a fit does not fix. */
function freeParameters({ parameterNames, parameterSets, fixed }: Model, options: FitOptions): readonly string[] {
	const isFixed = (set: ParameterSet, index: number) =>
		options.fixed?.[parameterNames[index]!] ?? options.fixed?.[set.name] ?? fixed[index]!;
	return parameterSets.flatMap((set) => {
		const indices = Array.from({ length: set.size }, (_, i) => set.first + i);
		return indices.filter((index) => isFixed(set, index) === false).map((index) => parameterNames[index]!);
	});
}
