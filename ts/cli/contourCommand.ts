import type { Command } from "commander";
import { contour } from "../index.js";
import { contoursRecord, contourTable } from "../report/index.js";
import { parseConfidences } from "./arguments.js";
import { emit } from "./emit.js";
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
import { addParameter, type ParameterOptions, poiOf } from "./parameterNames.js";
import { prepareOutput } from "./prepareOutput.js";
import { withProgress } from "./withProgress.js";

interface Options extends FitCommandOptions, PlotOptions, ParameterOptions {
	readonly cl: readonly number[];
}

/** One standard deviation of one parameter, and 95 %. */
const DEFAULT_LEVELS = [0.6826894921370859, 0.95];

/** `histfactory contour`: contours of two parameters from their profile. */
export function addContourCommand(program: Command): void {
	const command = program
		.command("contour")
		.description("confidence contours of two parameters from the profile of -2 ln L");
	addInput(command);
	command.optionsGroup("Contour:");
	addParameter(command, "twice, the two parameters; once, the second beside the parameter of interest").option(
		"--cl <list>",
		"confidence levels, comma-separated (default: 0.6827,0.95)",
		parseConfidences,
		DEFAULT_LEVELS,
	);
	addFit(command);
	addOutput(command);
	addPlot(command, { what: "draw the contours" });
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory contour workspace.json --parameter bkgnorm --plot contour.svg
  histfactory contour workspace.json --parameter mu --parameter bkgnorm --cl 0.9
  histfactory contour BkgOnly.json -p patch.json --parameter mu_ttbar --json | jq .contours[0].points`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			const { parameter: names = [] } = options;
			if (names.length === 0 || names.length > 2) self.error("error: name one or two parameters with --parameter");
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const [first, second] = names.length === 2 ? names : [poiOf(model, self), ...names];
			const contours = options.cl.map((confidenceLevel) =>
				withProgress("contour: points", options.quiet === true, (onProgress) =>
					contour(first!, second!, data, model, { ...fitting, confidenceLevel, onProgress }),
				),
			);
			const tables = contours.map((result) => () => contourTable(result));
			await emit({ record: () => contoursRecord(contours), tables }, options);
			if (plot !== undefined) await plot.write(plot.drawing.renderContours(contours));
		});
}
