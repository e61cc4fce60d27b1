import { expect, test } from "vitest";
import { parseOptions } from "../../scripts/bench/options.mjs";

const MODELS = ["small", "large"];

test("everything is measured, for up to an hour a call, where nothing is said", () => {
	expect(parseOptions([], MODELS)).toEqual({
		help: false,
		python: undefined,
		json: undefined,
		patience: 3600,
		models: ["small", "large"],
	});
});

test("options and models are taken from the command line", () => {
	const words = ["--python", "python3", "large", "--quick", "--json", "bench.json"];
	expect(parseOptions(words, MODELS)).toEqual({
		help: false,
		python: "python3",
		json: "bench.json",
		patience: 20,
		models: ["large"],
	});
});

test("what is misspelt is named", () => {
	expect(() => parseOptions(["lage"], MODELS)).toThrow("There is no model lage; choose from small, large.");
	expect(() => parseOptions(["--pyton", "x"], MODELS)).toThrow(/Unknown option '--pyton'.*npm run bench -- --help/);
});
