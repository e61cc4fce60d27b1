import { type Command, Option } from "commander";
import { type IntervalOptions, intervals, type Model, profile } from "../index.js";
import { profileRecord, profileTable } from "../report/index.js";
import { parseNumber, parseNumbers, parsePositive } from "./arguments.js";
import { emit } from "./emit.js";
import { gridFault, gridPoints } from "./grid.js";
import { load } from "./load.js";
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
import { poiOf } from "./parameterNames.js";
import { prepareOutput } from "./prepareOutput.js";
import { withProgress } from "./withProgress.js";

interface Options extends FitCommandOptions, PlotOptions {
	readonly parameter?: string;
	readonly from?: number;
	readonly to?: number;
	readonly step?: number;
	readonly points?: readonly number[];
}

/** Three standard deviations, where the default range ends, and how many values lie in it. */
const THREE_SIGMA = 0.9973002039367398;
const VALUES = 41;

/** `histfactory profile`: the profile of −2 ln L in one parameter. */
export function addProfileCommand(program: Command): void {
	const command = program
		.command("profile")
		.description("the profile of -2 ln L in one parameter: its rise above the minimum");
	addInput(command);
	command
		.optionsGroup("Profile:")
		.option("--parameter <name>", "parameter (default: the parameter of interest)")
		.option("--from <value>", "first value (default: three standard deviations below the best fit)", parseNumber)
		.option("--to <value>", "last value (default: three standard deviations above it)", parseNumber)
		.option("--step <value>", `distance between values (default: ${VALUES} values)`, parsePositive)
		.addOption(
			new Option("--points <list>", "the values themselves, comma-separated")
				.argParser(parseNumbers)
				.conflicts(["from", "to", "step"]),
		);
	addFit(command);
	addOutput(command);
	addPlot(command, { what: "draw the profile with the interval of one standard deviation" });
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory profile workspace.json --plot profile.svg
  histfactory profile workspace.json --parameter bkgnorm --from 0.8 --to 1.2 --step 0.01
  histfactory profile BkgOnly.json -p patch.json --points 0,0.5,1 --json`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const name = options.parameter ?? poiOf(model, self);
			const values = options.points ?? valuesOf(name, options, fitting, data, model, self);
			const result = withProgress("profile", options.quiet === true, (onProgress) =>
				profile(name, values, data, model, { ...fitting, onProgress }),
			);
			await emit({ record: () => profileRecord(result), tables: [() => profileTable(result)] }, options);
			if (plot === undefined) return;
			const [interval] = intervals([name], data, model, fitting).intervals;
			await plot.write(plot.drawing.renderProfile(result, interval === undefined ? {} : { interval }));
		});
}

function valuesOf(
	name: string,
	options: Options,
	fitting: IntervalOptions,
	data: Float64Array,
	model: Model,
	command: Command,
): readonly number[] {
	const ends = () => intervals([name], data, model, { ...fitting, confidenceLevel: THREE_SIGMA }).intervals[0]!;
	const { lower, upper } =
		options.from === undefined || options.to === undefined ? ends() : { lower: options.from, upper: options.to };
	const [from, to] = [options.from ?? lower, options.to ?? upper];
	if (!Number.isFinite(to - from)) command.error("error: the profile does not end; give --from and --to");
	if (options.step === undefined) {
		if (from > to) command.error(`error: ${gridFault({ from, to, step: 1 })}`);
		return Array.from({ length: VALUES }, (_, i) => from + ((to - from) * i) / (VALUES - 1));
	}
	const grid = { from, to, step: options.step };
	const fault = gridFault(grid);
	if (fault !== undefined) command.error(`error: ${fault}`);
	return gridPoints(grid);
}
