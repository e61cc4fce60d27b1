import type { Command } from "commander";
import { scan, upperLimit, upperLimitFromScan } from "../index.js";
import { limitRecord, limitTable } from "../report/index.js";
import { parseGrid, parseLevel } from "./arguments.js";
import { emit } from "./emit.js";
import { type Grid, gridPoints } from "./grid.js";
import { load } from "./load.js";
import { loadToys } from "./loadToys.js";
import { note } from "./note.js";
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
import { curvePoints, withBestFit } from "./plotScan.js";
import { prepareOutput } from "./prepareOutput.js";
import { refuseOptions } from "./refuseOptions.js";
import { addCalctype, addPoints, addWorkers, type CalctypeOptions, isToyBased, toyOptions } from "./toyOptions.js";
import { withProgress } from "./withProgress.js";

interface Options extends FitCommandOptions, PlotOptions, PyhfOptions, CalctypeOptions {
	readonly level: number;
	readonly scan?: Grid;
	readonly testStat: "q" | "qtilde";
}

/** `histfactory limit`: upper limits on the parameter of interest. */
export function addLimitCommand(program: Command): void {
	const command = program
		.command("limit")
		.description("upper limits on the parameter of interest, observed and expected");
	addInput(command);
	command
		.optionsGroup("Limit:")
		.option("--level <number>", "1 - confidence level", parseLevel, 0.05)
		.option("--scan <from:to:step>", "interpolate linearly over a scan, instead of finding the root", parseGrid);
	addTestStatistic(command);
	addWorkers(addPoints(addCalctype(command), "4"));
	addFit(command);
	addOutput(command);
	addPlot(command, { what: "draw CLs with its expected band and the limits", log: "CLs on a logarithmic axis" });
	addPyhf(command);
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory limit workspace.json
  histfactory limit workspace.json --level 0.1 --plot limit.svg --plot limit.png
  histfactory limit BkgOnly.json -p patch.json --json | jq '.limit_obs, .limit_exp[2]'
  histfactory limit workspace.json --scan 0:5:0.1
  histfactory limit workspace.json --calctype toybased --n-toys 10000 --seed 1`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const { level, scan: grid } = options;
			const fitting = fitOptions(options, self);
			notePyhfOptions(options);
			if (level > 0.5) note(`--level ${level} is a confidence level of ${Math.round(100 * (1 - level))} %`, options);
			const toyBased = isToyBased(options, self);
			if (toyBased) refuseOptions(self, ["scan", "plot", "log"], "limits by toys are searched for and not drawn");
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			if (toyBased) {
				const { limitToys } = await loadToys();
				const { testStat: testStatistic, workers } = options;
				const making = { ...fitting, ...toyOptions(options), testStatistic, level };
				await limitToys(data, model, workers === undefined ? making : { ...making, workers }, options);
				return;
			}
			const label = grid === undefined ? "limit: fits" : "scan";
			const testing = { ...fitting, testStatistic: options.testStat };
			const result = withProgress(label, options.quiet === true, (onProgress) => {
				if (grid === undefined) return upperLimit(data, model, { ...testing, onProgress, level });
				return upperLimitFromScan(scan(gridPoints(grid), data, model, { ...testing, onProgress }), { level });
			});
			await emit({ record: () => limitRecord(result), tables: [() => limitTable(result)] }, options);
			if (plot === undefined) return;
			const drawn = withProgress("scan for the plot", options.quiet === true, (onProgress) => {
				const test = (mus: readonly number[]) => scan(mus, data, model, { ...testing, onProgress });
				return { ...result, scan: withBestFit(grid === undefined ? test(curvePoints(result)) : result.scan, test) };
			});
			await plot.write(plot.drawing.renderBrazilBand(drawn, { logY: options.log === true }));
		});
}
