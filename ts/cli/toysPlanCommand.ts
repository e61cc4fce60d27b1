import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import type { ToyStudyKind } from "../toys/toyStudy.js";
import { parseCount, parseNumber } from "./arguments.js";
import { emit } from "./emit.js";
import { load } from "./load.js";
import { loadToys } from "./loadToys.js";
import {
	addFit,
	addInput,
	addTestStatistic,
	type CommandOptions,
	type FitCommandOptions,
	fitOptions,
} from "./options.js";
import { refuseOptions } from "./refuseOptions.js";
import { addPoints, addToys, ENGINES, type Engine, type ToyCommandOptions, toyOptions } from "./toyOptions.js";

interface Options extends FitCommandOptions, ToyCommandOptions {
	readonly output: string;
	readonly kind: ToyStudyKind;
	readonly testPoi: number;
	readonly testStat: "q" | "qtilde";
	readonly shards: number;
	readonly for?: Engine;
}

const KINDS: readonly ToyStudyKind[] = ["test", "goodness-of-fit", "discovery"];

/** `histfactory toys plan`: a study as a file, with what an engine needs to run it. */
export function addToysPlanCommand(toys: Command): void {
	const command = toys.command("plan").description("write a toy study as a file that other machines run in shards");
	addInput(command);
	command
		.optionsGroup("Study:")
		.addOption(new Option("--kind <name>", "what the toys are for").choices(KINDS).default("test"))
		.option("--test-poi <mu>", "value to test", parseNumber, 1);
	addTestStatistic(command);
	addPoints(addToys(command), "1, for a discovery by its significance");
	addFit(command);
	command
		.optionsGroup("Output:")
		.requiredOption("-o, --output <file>", "the study; needed")
		.addOption(
			new Option("--for <engine>", "beside it, a job file for this engine and a copy of this program").choices(ENGINES),
		)
		.option("--shards <n>", "into how many shards the job file divides it", parseCount, 100)
		.option("--json", "tell what was written in JSON; the default where the output is not a terminal");
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory toys plan workspace.json --n 100000 --seed 1 -o study.json
  histfactory toys plan BkgOnly.json -p patch.json --n 1000000 -o study.json --shards 200 --for slurm
  sbatch study.slurm
  histfactory toys merge study.json study.shard-*.json`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			if (options.kind !== "test") refuseOptions(self, ["testPoi", "testStat"], "only a test has a tested value");
			if (options.kind === "goodness-of-fit") refuseOptions(self, ["points"], "a goodness of fit has one point");
			if (options.for === undefined) refuseOptions(self, ["shards"], "the number is for the job file of --for");
			const { planStudy, planTable, writePlan } = await loadToys();
			const { model, data } = await load(path, options);
			const study = planStudy(options.kind, options.testPoi, data, model, {
				...fitting,
				...toyOptions(options),
				testStatistic: options.testStat,
			});
			const { output, for: engine, shards } = options;
			const program = fileURLToPath(import.meta.url);
			const written = await writePlan(study, output, engine === undefined ? undefined : { engine, shards, program });
			await emit({ record: () => written, tables: [() => planTable(written)] }, options.json ? { json: true } : {});
		});
}
