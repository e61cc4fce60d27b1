import { parseArgs } from "node:util";
import { Failure } from "../setup/failure.mjs";

export const usage = (known) => `npm run bench -- [options] [models]

Times this library, the same core as machine code, and beside them pyhf, ROOT and NextStat where a Python with them is
named, and compares their values.

  --python <program>  a Python with any of: pip install 'pyhf[minuit,jax]' ROOT nextstat jsonpatch
  --quick             end what takes a peer longer than 20 s, or 60 s where it only loads (otherwise an hour)
  --tasks <a,b>       only these: ${known.tasks.join(", ")}
  --peers <a,b>       only these beside histfactory: ${known.peers.join(", ")}
  --json <file>       write everything measured, with versions and machine; kept up to date row by row
  --help              this

Models, all where none is named: ${known.models.join(", ")}.

npm run bench -- --scaling [options]

Times fits of synthetic workspaces with ever more bins, parameters and samples, and fits the power of each that the time
of an iteration goes with.

  --plot <file.svg>   draw it
  --json <file>       write everything measured`;

/** Seconds after which a call is given up. */
const PATIENCE = { quick: 20, full: 3600 };

/**
 * `{ help, scaling, python, json, plot, patience, models, tasks, peers }` from the command line; `known` are the names of
 * models, tasks and peers, all of which are meant where none is named.
 */
export function parseOptions(benchArguments, known) {
	const { values, positionals } = read(benchArguments);
	const { help, scaling, python, json, plot, quick } = values;
	const options = {
		help,
		scaling,
		python,
		json,
		plot,
		patience: quick ? PATIENCE.quick : PATIENCE.full,
		models: choose("model", positionals, known.models),
		tasks: choose("task", listed(values.tasks), known.tasks),
		peers: choose("peer", listed(values.peers), known.peers),
	};
	if (scaling && (positionals.length > 0 || values.tasks !== undefined || values.peers !== undefined)) {
		throw new Failure("--scaling has models of its own and no peers: leave out models, --tasks and --peers.");
	}
	if (!scaling && plot !== undefined) throw new Failure("--plot draws what --scaling measures: give both.");
	return options;
}

/** The known names among those that are wanted, in the order of the known ones. */
function choose(what, wanted, known) {
	const unknown = wanted.find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new Failure(`There is no ${what} ${unknown}; choose from ${known.join(", ")}.`);
	}
	return wanted.length === 0 ? known : known.filter((name) => wanted.includes(name));
}

function listed(names = "") {
	return names.split(",").filter((name) => name !== "");
}

function read(benchArguments) {
	try {
		return parseArgs({
			args: benchArguments,
			allowPositionals: true,
			options: {
				python: { type: "string" },
				json: { type: "string" },
				plot: { type: "string" },
				tasks: { type: "string" },
				peers: { type: "string" },
				scaling: { type: "boolean", default: false },
				quick: { type: "boolean", default: false },
				help: { type: "boolean", default: false },
			},
		});
	} catch (error) {
		throw new Failure(`${error.message.split("\n")[0]} (npm run bench -- --help shows the options.)`);
	}
}
