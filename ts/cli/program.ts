import { Command, CommanderError } from "commander";
import { VERSION } from "../version.js";
import { addClsCommand } from "./clsCommand.js";
import { addContourCommand } from "./contourCommand.js";
import { addDiscoveryCommand } from "./discoveryCommand.js";
import { describeFailure, isWrongUsage } from "./failure.js";
import { addFitCommand } from "./fitCommand.js";
import { addGofCommand } from "./gofCommand.js";
import { addImpactsCommand } from "./impactsCommand.js";
import { addInspectCommand } from "./inspectCommand.js";
import { Interrupted } from "./interrupted.js";
import { addIntervalCommand } from "./intervalCommand.js";
import { addLimitCommand } from "./limitCommand.js";
import { addProfileCommand } from "./profileCommand.js";
import { addScanCommand } from "./scanCommand.js";
import { addToysCommand } from "./toysCommand.js";

/** What adds each command to the program. */
const COMMANDS: ReadonlyMap<string, (program: Command, firstWord: string | undefined) => void> = new Map([
	["inspect", addInspectCommand],
	["fit", addFitCommand],
	["cls", addClsCommand],
	["scan", addScanCommand],
	["limit", addLimitCommand],
	["interval", addIntervalCommand],
	["profile", addProfileCommand],
	["contour", addContourCommand],
	["impacts", addImpactsCommand],
	["toys", addToysCommand],
	["discovery", addDiscoveryCommand],
	["gof", addGofCommand],
]);

const GLOBAL_FLAGS: ReadonlySet<string> = new Set(["-q", "--quiet", "--debug"]);

const SUCCESS = 0;
const BAD_INPUT = 1;
const WRONG_USAGE = 2;

/**
 * Runs one command line (without `node` and the script) and returns the exit code: 0, 1 where the input
 * or the calculation failed, 2 where the command line is wrong.
 */
export async function run(args: readonly string[]): Promise<number> {
	// The callbacks of print() see failures of standard output; without a listener they would end the process.
	process.stdout.on("error", () => {});
	process.stderr.on("error", () => {});
	const program = createProgram(args);
	try {
		await program.parseAsync(args, { from: "user" });
		return SUCCESS;
	} catch (error) {
		// The message has been printed by commander.
		if (error instanceof CommanderError) return error.exitCode === 0 ? SUCCESS : WRONG_USAGE;
		// What there is to say has been said.
		if (error instanceof Interrupted) return error.exitCode;
		process.stderr.write(`histfactory: ${describeFailure(error)}\n`);
		if (program.opts<{ debug?: true }>().debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
		return isWrongUsage(error) ? WRONG_USAGE : BAD_INPUT;
	}
}

function createProgram(args: readonly string[]): Command {
	const program = new Command("histfactory")
		.description(
			"HistFactory statistical inference: fits, intervals, impacts, CLs, upper limits and toys from pyhf's JSON",
		)
		.version(VERSION)
		.option("-q, --quiet", "no notes and no progress on standard error")
		.option("--debug", "show where an error comes from")
		.configureHelp({ showGlobalOptions: true })
		.configureOutput({
			outputError: (text, write) => write(text.replace(/^error: /, "histfactory: ")),
		})
		.showHelpAfterError("(--help shows the usage)")
		.exitOverride()
		.addHelpText(
			"after",
			`
A signal point of a published patch set is chosen with --patch patchset.json:NAME.
Ends with 0; with 1 where the input or a fit is at fault, 2 where the command line is, 130 at Ctrl-C.

Examples:
  histfactory inspect workspace.json
  histfactory limit workspace.json --plot limit.svg
  histfactory toys workspace.json --n 10000 --plot toys.svg
  histfactory fit BkgOnly.json | jq .mle_parameters`,
		);
	// Only the command that is called needs its options; without one, or with a slip, all have to be known.
	const [name = "", firstWord] = args.filter((arg) => !GLOBAL_FLAGS.has(arg));
	const called = COMMANDS.get(name);
	for (const add of called === undefined ? COMMANDS.values() : [called]) add(program, firstWord);
	return program;
}
