import type { Command } from "commander";
import { fit, impacts, refittedImpacts } from "../index.js";
import { impactRecord, impactTable, refittedImpactRecord, refittedImpactTable } from "../report/index.js";
import { parseCount } from "./arguments.js";
import { chooseFormat, emit, type Report } from "./emit.js";
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
import { prepareOutput } from "./prepareOutput.js";
import { withProgress } from "./withProgress.js";

interface Options extends FitCommandOptions, PlotOptions {
	readonly poi?: string;
	readonly refit?: true;
	readonly top: number;
}

/** `histfactory impacts`: nuisance parameters ranked by what they do to the parameter of interest. */
export function addImpactsCommand(program: Command): void {
	const command = program
		.command("impacts")
		.description("nuisance parameters by their impact on the parameter of interest, with pulls and constraints");
	addInput(command);
	command
		.optionsGroup("Impacts:")
		.option("--poi <name>", "impacts on this parameter (default: the parameter of interest)")
		.option("--refit", "by fits with each parameter moved up and down, not from the covariance")
		.option("--top <n>", "how many to show and to draw; JSON and CSV have all", parseCount, 20);
	addFit(command);
	addOutput(command);
	addPlot(command, { what: "draw the ranking with pulls and impacts" });
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory impacts workspace.json --plot impacts.svg
  histfactory impacts BkgOnly.json -p patch.json --bounds mu_SIG=-10:10 --refit --top 10
  histfactory impacts workspace.json --json | jq '.ranking[0].parameter'`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const { poi, top } = options;
			const fitting = fitOptions(options, self);
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const on = poi === undefined ? {} : { poi };
			const most = chooseFormat(options) === "csv" ? {} : { most: top };
			const emitted = async <T>(result: T, report: Report): Promise<T> => {
				await emit(report, options);
				return result;
			};
			const linear = () => {
				const result = impacts(data, model, fit(data, model, fitting), on);
				return emitted(result, { record: () => impactRecord(result), tables: [() => impactTable(result, most)] });
			};
			const refitted = () => {
				const result = withProgress("impacts", options.quiet === true, (onProgress) =>
					refittedImpacts(data, model, { ...fitting, ...on, onProgress }),
				);
				return emitted(result, {
					record: () => refittedImpactRecord(result),
					tables: [() => refittedImpactTable(result, most)],
				});
			};
			const result = options.refit ? await refitted() : await linear();
			if (plot !== undefined) await plot.write(plot.drawing.renderImpacts(result, { most: top }));
		});
}
