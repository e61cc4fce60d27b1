import { type Command, Option } from "commander";
import type { FitOptions } from "../index.js";
import {
	type Assignments,
	collectBounds,
	collectFixed,
	collectInterpolation,
	collectNumber,
	collectText,
	parseCount,
} from "./arguments.js";
import { type EmitOptions, FORMATS } from "./emit.js";
import type { InputOptions } from "./load.js";
import { note } from "./note.js";
import { collectPlotFile } from "./plotFiles.js";

/** Options of every command. */
export type GlobalOptions = { readonly quiet?: true; readonly debug?: true };

/** The workspace argument and what changes the model before it is built. */
export function addInput(command: Command, what = "workspace"): Command {
	return command
		.argument(`[${what}]`, `${what} file in JSON; - or nothing for standard input`, "-")
		.optionsGroup("Input:")
		.option("-p, --patch <file>", "JSON Patch to apply, or patchset.json:NAME; repeatable", collectText)
		.option("--measurement <name>", "measurement to use (default: the first)")
		.option(
			"--interpolation <type=code>",
			"normsys=code1|code4, histosys=code0|code2|code4p; repeatable (default: code4, code4p)",
			collectInterpolation,
		);
}

/** Where the result goes and in which form. */
export function addOutput(command: Command): Command {
	return command
		.optionsGroup("Output:")
		.option("--output-file <file>", "write the result there instead of printing it")
		.option("--json", "JSON with pyhf's keys; the default where the output is not a terminal")
		.addOption(
			new Option(
				"--format <name>",
				"form of the result; by default text on a terminal, else by the extension of --output-file, else JSON",
			)
				.choices(FORMATS)
				.conflicts("json"),
		);
}

/** Where a plot goes, and how its vertical axis is divided where there is a choice. */
export function addPlot(command: Command, { what, log }: { readonly what: string; readonly log?: string }): Command {
	command.optionsGroup("Plot:").option("--plot <file>", `${what}, as .svg or .png; repeatable`, collectPlotFile);
	return log === undefined ? command : command.option("--log", log);
}

/** What {@link addPlot} takes. */
export interface PlotOptions {
	readonly plot?: readonly string[];
	readonly log?: true;
}

/** How fits are made. */
export function addFit(command: Command): Command {
	return command
		.optionsGroup("Fit (name: a parameter like staterror_SR[3], or staterror_SR for all of them):")
		.option("--fix <name=value>", "hold a parameter, at its start value without =value; repeatable", collectFixed)
		.option("--free <name>", "let a parameter float that the workspace fixes; repeatable", collectText)
		.option("--init <name=value>", "start value; repeatable", collectNumber)
		.option("--bounds <name=low:high>", "bounds; repeatable", collectBounds)
		.option("--max-iterations <n>", "iterations after which a fit is given up (default: 200)", parseCount)
		.option("--starts <n>", "starts of every fit, to look for lower minima (default: 1)", parseCount);
}

/** Which test statistic. */
export function addTestStatistic(command: Command): Command {
	return command.addOption(
		new Option("--test-stat <name>", "test statistic").choices(["q", "qtilde"]).default("qtilde"),
	);
}

/** Options that scripts for pyhf pass and that have one meaning here. */
export function addPyhf(command: Command): Command {
	return command
		.optionsGroup("Accepted for scripts that call pyhf, without effect:")
		.option("--backend <name>", "there is one backend")
		.option("--optimizer <name>", "there is one minimiser")
		.option("--optconf <key=value>", "it needs no settings; repeatable", collectText);
}

/** What {@link addFit} takes. */
export interface FitCommandOptions {
	readonly fix?: Assignments<number | true>;
	readonly free?: readonly string[];
	readonly init?: Assignments<number>;
	readonly bounds?: Assignments<readonly [number, number]>;
	readonly maxIterations?: number;
	readonly starts?: number;
}

/** The library's options for what {@link addFit} took. */
export function fitOptions(options: FitCommandOptions, command: Command): FitOptions {
	const { fix = {}, free = [], init, bounds, maxIterations, starts } = options;
	const both = free.find((name) => Object.hasOwn(fix, name));
	if (both !== undefined) command.error(`error: ${both} is given to both --fix and --free`);
	return {
		fixed: Object.fromEntries([...Object.entries(fix), ...free.map((name) => [name, false] as const)]),
		...(init === undefined ? {} : { init }),
		...(bounds === undefined ? {} : { bounds }),
		...(maxIterations === undefined ? {} : { maxIterations }),
		...(starts === undefined ? {} : { starts }),
	};
}

/** What {@link addPyhf} takes. */
export interface PyhfOptions {
	readonly backend?: string;
	readonly optimizer?: string;
	readonly optconf?: readonly string[];
}

/** Says which options had no effect. */
export function notePyhfOptions(options: PyhfOptions & GlobalOptions): void {
	const given = (["backend", "optimizer", "optconf"] as const).filter((name) => options[name] !== undefined);
	if (given.length > 0) note(`${given.map((name) => `--${name}`).join(", ")}: without effect here`, options);
}

/** What every command on a workspace takes. */
export type CommandOptions = InputOptions & EmitOptions & GlobalOptions;
