// Our side of the benchmark: one process that times what it is asked on standard input, as python/pyhf_bench.py does for
// pyhf.
//
// It uses the built package, as a user would. worker.mjs describes the lines of JSON that come and go.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

const started = performance.now();
const histfactory = await import("../../dist/index.js");
const importSeconds = (performance.now() - started) / 1000;

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
answer({ importSeconds, versions: { node: process.versions.node, histfactory: version } });

/** Loaded when toys are asked for, as a user would. */
let toyStudies;

let model;
let data;
let background;

/** A point near the start values in every parameter, and how often −2 ln L was asked for. */
let besides;
let evaluations = 0;
const STEP = 0.01;

/** Each task does its work and returns a function for the values, so that reading them is not timed. */
const tasks = {
	load({ workspace: text, patches }) {
		model?.free();
		const workspace = histfactory.Workspace.parse(text);
		model = workspace.model({ patches: patches.map((patch) => histfactory.parsePatch(patch)) });
		data = workspace.data(model);
		besides = model.init.map((value, i) => (value + STEP <= model.bounds[i][1] ? value + STEP : value - STEP));
		return () => ({
			parameters: model.parameterNames.length,
			bins: model.bins,
			twiceNll: model.twiceNll(model.init, data),
		});
	},

	// Never twice in a row at the same point, where parts of the last evaluation could be used again.
	evaluate() {
		evaluations += 1;
		const twiceNll = model.twiceNll(evaluations % 2 === 0 ? model.init : besides, data);
		return () => ({ twiceNll });
	},

	fit() {
		const { twiceNll, iterations } = histfactory.fit(data, model);
		return () => ({ twiceNll, iterations });
	},

	hypotest() {
		const { cls, expected } = histfactory.hypotest(1, data, model);
		return () => ({ cls, expected });
	},

	limits() {
		const { observed, expected } = histfactory.upperLimit(data, model);
		return () => ({ observed: observed ?? null, expected: expected.map((limit) => limit ?? null) });
	},

	async toys(_, { toys, workers = 0 }) {
		toyStudies ??= await import("../../dist/toys/index.js");
		const { cls } = await toyStudies.toyTest(1, data, model, { toys, seed: 1, workers });
		return () => ({ cls: cls ?? null });
	},

	"toys-all-cores": (input, { toys }) => tasks.toys(input, { toys, workers: availableParallelism() }),

	background({ workspace: text, patches }) {
		const parsed = patches.map((patch) => histfactory.parsePatch(patch));
		background = { workspace: histfactory.Workspace.parse(text), patches: parsed, next: 0 };
		return () => ({});
	},

	point() {
		const { workspace, patches, next } = background;
		background.next = (next + 1) % patches.length;
		model?.free();
		model = workspace.model({ patches: [patches[next]] });
		const { cls } = histfactory.hypotest(1, workspace.data(model), model);
		return () => ({ parameters: model.parameterNames.length, bins: model.bins, cls });
	},
};

for await (const line of createInterface({ input: process.stdin })) {
	const { task, calls, toys, ...files } = JSON.parse(line);
	try {
		const input = read(files);
		let values;
		const start = performance.now();
		for (let i = 0; i < calls; i++) values = await tasks[task](input, { toys });
		const seconds = (performance.now() - start) / 1000;
		answer({ seconds, values: values() });
	} catch (error) {
		answer({ error: `${error.name}: ${error.message}` });
	}
}

/** The texts of a job that names files: reading them is not timed. */
function read({ workspace, patches = [] }) {
	if (workspace === undefined) return undefined;
	return { workspace: readFileSync(workspace, "utf8"), patches: patches.map((path) => readFileSync(path, "utf8")) };
}

function answer(message) {
	process.stdout.write(`${JSON.stringify(message)}\n`);
}
