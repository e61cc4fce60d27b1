// Our side of the benchmark: one process that times what it is asked on standard input, as pyhf_bench.py does for pyhf.
//
// It uses the built package, as a user would. worker.mjs describes the lines of JSON that come and go.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const started = performance.now();
const histfactory = await import("../../dist/index.js");
const importSeconds = (performance.now() - started) / 1000;

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
answer({ importSeconds, versions: { node: process.versions.node, histfactory: version } });

let model;
let data;

/** Each task does its work and returns a function for the values, so that reading them is not timed. */
const tasks = {
	load({ workspace: text, patches }) {
		model?.free();
		const workspace = histfactory.Workspace.parse(text);
		model = workspace.model({ patches: patches.map((patch) => histfactory.parsePatch(patch)) });
		data = workspace.data(model);
		return () => ({
			parameters: model.parameterNames.length,
			bins: model.bins,
			twiceNll: model.twiceNll(model.init, data),
		});
	},

	fit() {
		const { twiceNll } = histfactory.fit(data, model);
		return () => ({ twiceNll });
	},

	hypotest() {
		const { cls, expected } = histfactory.hypotest(1, data, model);
		return () => ({ cls, expected });
	},

	limits() {
		const { observed, expected } = histfactory.upperLimit(data, model);
		return () => ({ observed: observed ?? null, expected: expected.map((limit) => limit ?? null) });
	},
};

for await (const line of createInterface({ input: process.stdin })) {
	const { task, calls, ...input } = JSON.parse(line);
	try {
		let values;
		const start = performance.now();
		for (let i = 0; i < calls; i++) values = tasks[task](input);
		const seconds = (performance.now() - start) / 1000;
		answer({ seconds, values: values() });
	} catch (error) {
		answer({ error: `${error.name}: ${error.message}` });
	}
}

function answer(message) {
	process.stdout.write(`${JSON.stringify(message)}\n`);
}
