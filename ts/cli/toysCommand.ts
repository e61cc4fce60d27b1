import type { Command } from "commander";
import { HistFactoryError, type HypotestOptions, type HypotestResult, hypotest, type Model } from "../index.js";
import type { Until } from "../toys/until.js";
import { parseNumber } from "./arguments.js";
import { loadFrom, readInput } from "./load.js";
import { loadToys } from "./loadToys.js";
import {
	addFit,
	addInput,
	addOutput,
	addPlot,
	addTestStatistic,
	type CommandOptions,
	type FitCommandOptions,
	fitOptions,
	type PlotOptions,
} from "./options.js";
import { prepareOutput } from "./prepareOutput.js";
import { refuseOptions } from "./refuseOptions.js";
import {
	addKeeping,
	addPoints,
	addToys,
	addWorkers,
	type KeepingOptions,
	parseUntil,
	type ToyCommandOptions,
	toyOptions,
} from "./toyOptions.js";
import { addToysMergeCommand } from "./toysMergeCommand.js";
import { addToysPlanCommand } from "./toysPlanCommand.js";
import { addToysRunCommand } from "./toysRunCommand.js";

interface Options extends FitCommandOptions, PlotOptions, ToyCommandOptions, KeepingOptions {
	readonly testPoi: number;
	readonly testStat: "q" | "qtilde";
	readonly until?: Until;
}

const SUBCOMMANDS: ReadonlyMap<string, (toys: Command) => void> = new Map([
	["plan", addToysPlanCommand],
	["run", addToysRunCommand],
	["merge", addToysMergeCommand],
]);

/** Options that say what a study is, which a study in a file says already. */
const OF_THE_STUDY = [
	"patch",
	"measurement",
	"interpolation",
	"testPoi",
	"testStat",
	"n",
	"seed",
	"auxiliary",
	"points",
].concat([...["fix", "free", "init", "bounds", "maxIterations", "starts"]]);

/**
 * `histfactory toys`: a hypothesis test with toys; with `plan`, `run` or `merge` as its first word, a study in parts. The
 * two have no options in common, so only what is called is added.
 */
export function addToysCommand(program: Command, firstWord: string | undefined): void {
	const command = program.command("toys").description("test a value of the parameter of interest with toys");
	const addSubcommand = SUBCOMMANDS.get(firstWord ?? "");
	if (addSubcommand !== undefined) addSubcommand(command);
	else addTest(command);
}

function addTest(command: Command): void {
	addInput(command, "workspace or study");
	command.optionsGroup("Toys:").option("--test-poi <mu>", "value to test", parseNumber, 1);
	addTestStatistic(command);
	addPoints(addToys(command), "1");
	command.option(
		"--until <condition>",
		"stop early, once CLs is known: accuracy=0.005, or sigmas=3[,level=0.05] away from a level",
		parseUntil,
	);
	addWorkers(command);
	addFit(command);
	addOutput(command);
	addKeeping(command);
	addPlot(command, { what: "draw the distributions of the test statistic with its value on the data" });
	command
		.addHelpText(
			"after",
			`
Ctrl-C prints the result of the toys made so far and ends with 130; with --save, the same command goes on from there.

A study in parts, on many machines (histfactory toys plan --help and so on):
  toys plan   write a study as a file, with a job file for HTCondor, Slurm or Kubernetes
  toys run    make some of its toys
  toys merge  put them together

Examples:
  histfactory toys workspace.json
  histfactory toys workspace.json --test-poi 1.5 --n 10000 --seed 1 --workers 2 --plot toys.svg
  histfactory toys BkgOnly.json -p patch.json --n 100000 --until sigmas=5 --save toys.shard.json
  histfactory toys workspace.json --json | jq '.CLs_obs, .digest'
  histfactory toys workspace.json --parquet toys.parquet`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			const plot = await prepareOutput(options);
			const text = await readInput(path, options);
			const { isToyStudy, planToyTest, runAndReport, studyOf } = await loadToys();
			if (isToyStudy(text)) {
				refuseOptions(self, OF_THE_STUDY, "the study says this itself");
				const study = studyOf(text, path);
				if (study.kind !== "test") refuseOptions(self, ["until"], "only a test is stopped early");
				await runAndReport(study, options, { plot });
				return;
			}
			const { model, data } = await loadFrom(text, path, options);
			const testing = { ...fitting, testStatistic: options.testStat };
			const study = planToyTest(options.testPoi, data, model, { ...testing, ...toyOptions(options) });
			const asymptotic = tryHypotest(options.testPoi, data, model, testing);
			await runAndReport(study, options, { plot, asymptotic });
		});
}

/** The test with the asymptotic formulae, to compare with; toys do not need it. */
function tryHypotest(
	mu: number,
	data: Float64Array,
	model: Model,
	options: HypotestOptions,
): HypotestResult | undefined {
	try {
		return hypotest(mu, data, model, options);
	} catch (error) {
		if (error instanceof HistFactoryError) return undefined;
		throw error;
	}
}
