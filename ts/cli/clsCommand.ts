import type { Command } from "commander";
import { hypotest } from "../index.js";
import { testRecord, testTable } from "../report/index.js";
import { parseNumber } from "./arguments.js";
import { emit } from "./emit.js";
import { load } from "./load.js";
import { loadToys } from "./loadToys.js";
import {
	addFit,
	addInput,
	addOutput,
	addPyhf,
	addTestStatistic,
	type CommandOptions,
	type FitCommandOptions,
	fitOptions,
	notePyhfOptions,
	type PyhfOptions,
} from "./options.js";
import { prepareOutput } from "./prepareOutput.js";
import { addCalctype, addWorkers, type CalctypeOptions, isToyBased, toyOptions } from "./toyOptions.js";

interface Options extends FitCommandOptions, PyhfOptions, CalctypeOptions {
	readonly testPoi: number;
	readonly testStat: "q" | "qtilde";
}

/** `histfactory cls`: one hypothesis test. */
export function addClsCommand(program: Command): void {
	const command = program
		.command("cls")
		.description("test one value of the parameter of interest: CLs observed and expected");
	addInput(command);
	command.optionsGroup("Test:").option("--test-poi <mu>", "value to test", parseNumber, 1);
	addTestStatistic(command);
	addWorkers(addCalctype(command));
	addFit(command);
	addOutput(command);
	addPyhf(command);
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory cls workspace.json
  histfactory cls workspace.json --test-poi 1.5 --test-stat q
  histfactory cls BkgOnly.json -p patch.json --json | jq .CLs_obs
  histfactory cls workspace.json --calctype toybased --n-toys 10000 --seed 1
  histfactory cls BkgOnly.json -p patchset.json:C1N2_Wh_hbb_700_250`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			notePyhfOptions(options);
			const toyBased = isToyBased(options, self);
			await prepareOutput(options);
			const { model, data } = await load(path, options);
			if (toyBased) {
				const { planToyTest, runAndReport } = await loadToys();
				const testing = { ...fitting, ...toyOptions(options), testStatistic: options.testStat };
				await runAndReport(planToyTest(options.testPoi, data, model, testing), options);
				return;
			}
			const result = hypotest(options.testPoi, data, model, { ...fitting, testStatistic: options.testStat });
			const poi = model.poi!;
			await emit({ record: () => ({ poi, ...testRecord(result) }), tables: [() => testTable(result, poi)] }, options);
		});
}
