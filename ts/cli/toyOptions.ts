import { type Command, InvalidArgumentError, Option } from "commander";
import type { AuxiliaryData } from "../toys/toyOptions.js";
import type { Until } from "../toys/until.js";
import { parseCount, parseLevel, parseNumber, parsePositive } from "./arguments.js";
import { refuseOptions } from "./refuseOptions.js";

/** Engines for which `toys plan` writes job files. */
export const ENGINES = ["htcondor", "slurm", "kubernetes"] as const;

/** One of {@link ENGINES}. */
export type Engine = (typeof ENGINES)[number];

/** What {@link addToys} and {@link addWorkers} take. */
export interface ToyCommandOptions {
	readonly n?: number;
	readonly nToys?: number;
	readonly seed?: number;
	readonly auxiliary?: AuxiliaryData;
	readonly points?: number;
	readonly workers?: number;
}

/** Which toys are made. */
export function addToys(command: Command, count: "--n" | "--n-toys" = "--n"): Command {
	return command
		.option(`${count} <toys>`, "toys of each hypothesis (default: 2000)", parseToys)
		.option("--seed <number>", "whole number that picks the random numbers (default: 0)", parseSeed)
		.addOption(
			new Option(
				"--auxiliary <how>",
				"auxiliary data of a toy: drawn like its counts, or as observed (default: fluctuated)",
			).choices(["fluctuated", "fixed"]),
		);
}

/** How p-values are found, and the toys of one of the ways. */
export function addCalctype(command: Command): Command {
	command.addOption(
		new Option("--calctype <name>", "how p-values are found")
			.choices(["asymptotics", "toybased"])
			.default("asymptotics"),
	);
	return addToys(command.optionsGroup("Toys (--calctype toybased):"), "--n-toys");
}

/** What {@link addCalctype} takes. */
export interface CalctypeOptions extends ToyCommandOptions {
	readonly calctype: "asymptotics" | "toybased";
}

/** Whether p-values are to be found with toys; where they are not, ends with a word on options that are only for toys. */
export function isToyBased({ calctype }: CalctypeOptions, command: Command): boolean {
	if (calctype === "toybased") return true;
	const ofToys = ["nToys", "seed", "auxiliary", "points", "workers"];
	refuseOptions(command, ofToys, "without --calctype toybased there are no toys");
	return false;
}

/** Importance sampling. */
export function addPoints(command: Command, standard: string): Command {
	return command.option(
		"--points <n>",
		`values of the parameter of interest at which toys are generated and weighted back, for small p-values (default: ${standard})`,
		parseCount,
	);
}

/** On how many threads they are made. */
export function addWorkers(command: Command): Command {
	return command.option("--workers <n>", "threads that make toys (default: as many as the machine has)", parseWorkers);
}

/** Where the toys are kept. */
export function addKeeping(command: Command): Command {
	return command
		.option("--save <file>", "keep the toys there, now and then and at the end; go on with what it holds")
		.option("--parquet <file>", "write the statistic of every toy as a Parquet file");
}

/** What {@link addKeeping} takes. */
export interface KeepingOptions {
	readonly save?: string;
	readonly parquet?: string;
}

/** Collects `accuracy=0.005`, or `sigmas=3` with or without `level=0.1`. */
export function parseUntil(text: string): Until {
	const form = "It must have the form accuracy=0.005, or sigmas=3 or sigmas=3,level=0.1.";
	const entries = text.split(",").map((part) => /^\s*(accuracy|sigmas|level)=(.*)$/.exec(part)?.slice(1) ?? []);
	const { accuracy, sigmas, level, ...others } = Object.fromEntries(entries) as Record<string, string>;
	if (Object.keys(others).length > 0 || (accuracy === undefined) === (sigmas === undefined)) {
		throw new InvalidArgumentError(form);
	}
	if (accuracy !== undefined) {
		if (level !== undefined) throw new InvalidArgumentError(form);
		return { accuracy: parsePositive(accuracy) };
	}
	return { sigmas: parsePositive(sigmas!), level: level === undefined ? 0.05 : parseLevel(level) };
}

/** The library's options for what {@link addToys} took. */
export function toyOptions({ n, nToys = n, seed, auxiliary, points }: ToyCommandOptions) {
	return {
		...(nToys === undefined ? {} : { toys: nToys }),
		...(seed === undefined ? {} : { seed }),
		...(auxiliary === undefined ? {} : { auxiliary }),
		...(points === undefined ? {} : { points }),
	};
}

/** Most toys of one hypothesis that the library makes. */
const MOST_TOYS = 1e9;

function parseToys(text: string): number {
	const value = parseNumber(text);
	if (Number.isInteger(value) && value > 0 && value <= MOST_TOYS) return value;
	throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_TOYS}.`);
}

function parseSeed(text: string): number {
	const value = parseNumber(text);
	if (Number.isSafeInteger(value) && value >= 0) return value;
	throw new InvalidArgumentError("It must be a whole number from 0 to 9007199254740991.");
}

function parseWorkers(text: string): number {
	const value = parseNumber(text);
	if (Number.isInteger(value) && value >= 0 && value <= 1024) return value;
	throw new InvalidArgumentError("It must be a whole number from 0 (no thread of their own) to 1024.");
}
