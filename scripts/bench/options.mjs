import { parseArgs } from "node:util";
import { Failure } from "../setup/failure.mjs";

export const usage = (known) => `npm run bench -- [options] [models]

Times this library, and beside it pyhf where a Python with it is named, and compares their values.

  --python <program>  a Python with pyhf, and iminuit for the fit with covariance: pip install 'pyhf[minuit]'
  --quick             end what takes a peer longer than 20 s (otherwise an hour)
  --json <file>       write everything measured, with versions and machine; kept up to date row by row
  --help              this

Models, all where none is named: ${known.join(", ")}.`;

/** Seconds after which a call is given up. */
const PATIENCE = { quick: 20, full: 3600 };

/** `{ help, python, json, patience, models }` from the command line; `known` are the names of the models. */
export function parseOptions(benchArguments, known) {
	const { values, positionals } = read(benchArguments);
	const unknown = positionals.find((name) => !known.includes(name));
	if (unknown !== undefined) throw new Failure(`There is no model ${unknown}; choose from ${known.join(", ")}.`);
	return {
		help: values.help,
		python: values.python,
		json: values.json,
		patience: values.quick ? PATIENCE.quick : PATIENCE.full,
		models: positionals.length === 0 ? known : known.filter((name) => positionals.includes(name)),
	};
}

function read(benchArguments) {
	try {
		return parseArgs({
			args: benchArguments,
			allowPositionals: true,
			options: {
				python: { type: "string" },
				json: { type: "string" },
				quick: { type: "boolean", default: false },
				help: { type: "boolean", default: false },
			},
		});
	} catch (error) {
		throw new Failure(`${error.message.split("\n")[0]} (npm run bench -- --help shows the options.)`);
	}
}
