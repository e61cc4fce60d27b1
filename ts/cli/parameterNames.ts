import type { Command } from "commander";
import type { Model } from "../index.js";
import { collectText } from "./arguments.js";

/** Which parameters a command is about. */
export interface ParameterOptions {
	readonly parameter?: readonly string[];
}

/** Adds `--parameter`. */
export function addParameter(command: Command, what: string): Command {
	return command.option("--parameter <name>", what, collectText);
}

/** The parameter of interest where none is named. */
export function poiOf(model: Model, command: Command): string {
	if (model.poi !== undefined) return model.poi;
	return command.error("error: the model has no parameter of interest; name a parameter with --parameter");
}
