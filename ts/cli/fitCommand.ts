import { type Command, InvalidArgumentError } from "commander";
import { distributions, fit } from "../index.js";
import {
	correlationRecord,
	correlationTable,
	distributionsRecord,
	fitRecord,
	fitTable,
	largestCorrelations,
	yieldTable,
} from "../report/index.js";
import { chooseFormat, emit } from "./emit.js";
import { load } from "./load.js";
import {
	addFit,
	addInput,
	addOutput,
	addPlot,
	addPyhf,
	type CommandOptions,
	type FitCommandOptions,
	fitOptions,
	notePyhfOptions,
	type PlotOptions,
	type PyhfOptions,
} from "./options.js";
import { prepareOutput } from "./prepareOutput.js";

const PARTS = ["parameters", "yields", "correlations"] as const;
type Part = (typeof PARTS)[number];

interface Options extends FitCommandOptions, PlotOptions, PyhfOptions {
	readonly value?: true;
	readonly show?: readonly Part[];
}

/** How many correlations a table shows, and from which size on. */
const CORRELATIONS = 10;
const CORRELATION_THRESHOLD = 0.05;

/** `histfactory fit`: the maximum-likelihood fit. */
export function addFitCommand(program: Command): void {
	const command = program
		.command("fit")
		.description("fit the model to the data: parameters, uncertainties, correlations, event yields");
	addInput(command);
	addFit(command);
	addOutput(command);
	command
		.option("--value", "JSON: also twice_nll, -2 ln L at the minimum")
		.option(
			"--show <parts>",
			"comma-separated: parameters, yields, correlations (default: all in tables, parameters in JSON and CSV)",
			parseParts,
		);
	addPlot(command, {
		what: "draw the distributions before and after the fit",
		log: "events on a logarithmic axis, also where they span less than a factor of 100",
	});
	addPyhf(command);
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory fit workspace.json
  histfactory fit workspace.json --value --output-file fit.json
  histfactory fit BkgOnly.json -p patch.json --fix mu_SIG=0 --plot fit.svg
  histfactory fit workspace.json --show yields --format latex > yields.tex
  histfactory fit workspace.json --json | jq .mle_parameters.mu`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions & Options>();
			const fitting = fitOptions(options, self);
			notePyhfOptions(options);
			const plot = await prepareOutput(options);
			const { model, data } = await load(path, options);
			const result = fit(data, model, fitting);
			const format = chooseFormat(options);
			const parts: readonly Part[] = options.show ?? (format === "json" || format === "csv" ? ["parameters"] : PARTS);
			const before = () => distributions(data, model);
			const after = () => distributions(data, model, result);
			const tables = {
				parameters: () => fitTable(result),
				yields: () => yieldTable(before(), after()),
				correlations: () => correlationTable(largestCorrelations(result, CORRELATIONS, CORRELATION_THRESHOLD)),
			};
			const record = () => ({
				...fitRecord(result, model.parameterSets, { twiceNll: options.value === true }),
				...(parts.includes("yields")
					? { prefit: distributionsRecord(before()), postfit: distributionsRecord(after()) }
					: {}),
				...(parts.includes("correlations") ? { correlation: correlationRecord(result) } : {}),
			});
			await emit({ record, tables: parts.map((part) => tables[part]) }, options);
			const axis = options.log ? { logY: true } : {};
			if (plot !== undefined) await plot.write(plot.drawing.renderPrefitPostfit(before(), after(), axis));
		});
}

function parseParts(text: string): readonly Part[] {
	return text.split(",").map((name) => {
		const part = PARTS.find((known) => known === name.trim());
		if (part === undefined) throw new InvalidArgumentError(`The parts are ${PARTS.join(", ")}.`);
		return part;
	});
}
