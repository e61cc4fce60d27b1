import type { Command } from "commander";
import { loadToys } from "./loadToys.js";
import { addOutput, addPlot, type CommandOptions, type PlotOptions } from "./options.js";
import { prepareOutput } from "./prepareOutput.js";

interface Options extends PlotOptions {
	readonly partial?: true;
	readonly save?: string;
	readonly parquet?: string;
}

/** `histfactory toys merge`: shards put together, and the result of the study. */
export function addToysMergeCommand(toys: Command): void {
	const command = toys
		.command("merge")
		.description("put shards of a study together, in any order, and give its result")
		.argument("<study>", "study file, as written by toys plan; - for standard input")
		.argument("<shards...>", "files of toys run, toys merge -o or toys --save")
		.optionsGroup("Merge:")
		.option("--partial", "take what is there where toys are missing")
		.option("-o, --save <file>", "write all the toys as one shard");
	addOutput(command);
	command.option("--parquet <file>", "write the statistic of every toy as a Parquet file");
	addPlot(command, { what: "draw the distributions of the test statistic with its value on the data" });
	command
		.addHelpText(
			"after",
			`
Toys count once: shards that share some are refused, as are those of another study or version.

Examples:
  histfactory toys merge study.json study.shard-*.json
  histfactory toys merge study.json a.json b.json --partial -o ab.json
  histfactory toys merge study.json ab.json c.json --json | jq '.CLs_obs, .digest'`,
		)
		.action(async (path: string, shards: readonly string[], _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const plot = await prepareOutput(options);
			const { mergeToys, readStudy, reportToys } = await loadToys();
			const study = await readStudy(path);
			const merged = await mergeToys(study, shards, path, options);
			await reportToys(study, merged, options, { plot });
		});
}
