import { type Command, Option } from "commander";
import { type Model, scan } from "../index.js";
import { scanRecord, scanTable } from "../report/index.js";
import { parseLevel, parseNumber, parseNumbers, parsePositive } from "./arguments.js";
import { emit } from "./emit.js";
import { gridFault, gridPoints } from "./grid.js";
import { load } from "./load.js";
import {
	addFit,
	addInput,
	addOutput,
	addPlot,
	addPyhf,
	addTestStatistic,
	type CommandOptions,
	type FitCommandOptions,
	fitOptions,
	notePyhfOptions,
	type PlotOptions,
	type PyhfOptions,
} from "./options.js";
import { withBestFit } from "./plotScan.js";
import { prepareOutput } from "./prepareOutput.js";
import { withProgress } from "./withProgress.js";

interface Options extends FitCommandOptions, PlotOptions, PyhfOptions {
	readonly from?: number;
	readonly to?: number;
	readonly step?: number;
	readonly points?: readonly number[];
	readonly testStat: "q" | "qtilde";
	readonly level: number;
}

/** The default grid, cut to the bounds of the parameter of interest. */
const DEFAULT_GRID = { from: 0, to: 5, step: 0.1 } as const;

/** `histfactory scan`: CLs at many values of the parameter of interest. */
export function addScanCommand(program: Command): void {
	const command = program
		.command("scan")
		.description("CLs, observed and expected, over a range of the parameter of interest");
	addInput(command);
	command
		.optionsGroup("Scan:")
		.option("--from <mu>", "first value (default: 0, or the lower bound)", parseNumber)
		.option("--to <mu>", "last value (default: 5, or the upper bound)", parseNumber)
		.option("--step <mu>", "distance between values (default: 0.1)", parsePositive)
		.addOption(
			new Option("--points <list>", "the values themselves, comma-separated")
				.argParser(parseNumbers)
				.conflicts(["from", "to", "step"]),
		)
		.option("--level <number>", "level to draw in the plot, 1 - confidence level", parseLevel, 0.05);
	addTestStatistic(command);
	addFit(command);
	addOutput(command);
	addPlot(command, { what: "draw CLs with its expected band", log: "CLs on a logarithmic axis" });
	addPyhf(command);
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory scan workspace.json
  histfactory scan workspace.json --from 0 --to 3 --step 0.05 --plot scan.svg --log
  histfactory scan BkgOnly.json -p patch.json --points 0.5,1,1.5 --format csv > scan.csv`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			notePyhfOptions(options);
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const mus = options.points ?? defaultedPoints(options, model, self);
			const testing = { ...fitting, testStatistic: options.testStat };
			const result = withProgress("scan", options.quiet === true, (onProgress) =>
				scan(mus, data, model, { ...testing, onProgress }),
			);
			await emit({ record: () => scanRecord(result), tables: [() => scanTable(result)] }, options);
			if (plot === undefined) return;
			const drawn = withBestFit(result, (muHat) => scan(muHat, data, model, testing));
			await plot.write(plot.drawing.renderBrazilBand(drawn, { level: options.level, logY: options.log === true }));
		});
}

function defaultedPoints(options: Options, model: Model, command: Command): number[] {
	// Without a parameter of interest, the scan itself will say so.
	const { poi = "", poiIndex = 0 } = model;
	const [lowest, highest] = options.bounds?.[poi] ?? model.bounds[poiIndex]!;
	const from = options.from ?? Math.max(DEFAULT_GRID.from, lowest);
	const to = options.to ?? (from < DEFAULT_GRID.to ? Math.min(DEFAULT_GRID.to, highest) : highest);
	const grid = { from, to, step: options.step ?? DEFAULT_GRID.step };
	const fault = gridFault(grid);
	if (fault !== undefined) command.error(`error: ${fault}`);
	return gridPoints(grid);
}
