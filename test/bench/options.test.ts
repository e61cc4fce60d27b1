import { expect, test } from "vitest";
import { parseOptions, usage } from "../../scripts/bench/options.mjs";

const KNOWN = { models: ["small", "large"], tasks: ["load", "fit"], peers: ["native", "pyhf"] };

test("everything is measured, for up to an hour a call, where nothing is said", () => {
	expect(parseOptions([], KNOWN)).toEqual({
		help: false,
		scaling: false,
		python: undefined,
		json: undefined,
		plot: undefined,
		patience: 3600,
		...KNOWN,
	});
});

test("options, models, tasks and peers are taken from the command line", () => {
	const words = [
		"--python",
		"python3",
		"large",
		"--quick",
		"--json",
		"bench.json",
		"--tasks",
		"fit",
		"--peers",
		"pyhf",
	];
	expect(parseOptions(words, KNOWN)).toEqual({
		help: false,
		scaling: false,
		python: "python3",
		json: "bench.json",
		plot: undefined,
		patience: 20,
		models: ["large"],
		tasks: ["fit"],
		peers: ["pyhf"],
	});
	expect(parseOptions(["--peers", "pyhf,native"], KNOWN).peers).toEqual(["native", "pyhf"]);
});

test("the help names every option and all that can be chosen", () => {
	const text = usage(KNOWN);
	for (const option of ["python", "quick", "tasks", "peers", "json", "help", "scaling", "plot"]) {
		expect(text).toContain(`--${option}`);
	}
	for (const names of Object.values(KNOWN)) expect(text).toContain(names.join(", "));
});

test("what is misspelt or does not go together is named", () => {
	expect(() => parseOptions(["lage"], KNOWN)).toThrow("There is no model lage; choose from small, large.");
	expect(() => parseOptions(["--tasks", "fit,lod"], KNOWN)).toThrow("There is no task lod; choose from load, fit.");
	expect(() => parseOptions(["--pyton", "x"], KNOWN)).toThrow(/Unknown option '--pyton'.*npm run bench -- --help/);
	expect(() => parseOptions(["--plot", "x.svg"], KNOWN)).toThrow("--plot draws what --scaling measures: give both.");
	expect(() => parseOptions(["--scaling", "large"], KNOWN)).toThrow(/--scaling has models of its own/);
});
