import { type Command, Option } from "commander";
import { emit } from "./emit.js";
import { loadToys } from "./loadToys.js";
import type { GlobalOptions } from "./options.js";
import { addWorkers } from "./toyOptions.js";
import { parseInterval, parseShard, type ShardNumber, type ToyInterval } from "./toyRanges.js";

interface Options extends GlobalOptions {
	readonly shard?: ShardNumber;
	readonly range?: ToyInterval;
	readonly save?: string;
	readonly workers?: number;
	readonly json?: true;
}

/** `histfactory toys run`: some toys of a study, into a file of their own. */
export function addToysRunCommand(toys: Command): void {
	const command = toys
		.command("run")
		.description("make a part of the toys of a study and keep them in a file, going on with what it holds")
		.argument("<study>", "study file, as written by toys plan; - for standard input")
		.optionsGroup("Which toys (default: all):")
		.addOption(
			new Option("--shard <n/m>", "one of m equal parts, counted from 0: 0/100 to 99/100")
				.argParser(parseShard)
				.conflicts("range"),
		)
		.option("--range <first:end>", "of each hypothesis those numbered first to end - 1", parseInterval)
		.optionsGroup("Run:");
	addWorkers(command)
		.optionsGroup("Output:")
		.option("-o, --save <file>", "the shard (default: by the study, like study.shard-3-of-100.json)")
		.option("--json", "tell what was made in JSON; the default where the output is not a terminal")
		.addHelpText(
			"after",
			`
Ended at any moment, it leaves a whole file; the same command goes on from there.
At Ctrl-C and SIGTERM it keeps what it has made and ends with 130 and 143.

Examples:
  histfactory toys run study.json --shard 3/100
  histfactory toys run study.json --range 0:500 -o first.json --workers 2`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<Options>();
			const { shard, range } = options;
			if (path === "-" && options.save === undefined) {
				self.error("error: a study from standard input has no name to go by; name the shard with -o");
			}
			const { readStudy, runShard, shardTable } = await loadToys();
			const study = await readStudy(path);
			const { made, end } = await runShard(study, path, shard ?? range, options);
			await emit({ record: () => made, tables: [() => shardTable(made)] }, options.json ? { json: true } : {});
			end();
		});
}
