import { writeFileSync } from "node:fs";
import { cases } from "./bench/cases.mjs";
import { MissingFile } from "./bench/files.mjs";
import { introduce } from "./bench/introduce.mjs";
import { machine } from "./bench/machine.mjs";
import { parseOptions, usage } from "./bench/options.mjs";
import { own, peers } from "./bench/peers.mjs";
import { runRow } from "./bench/run.mjs";
import { renderReport } from "./bench/table.mjs";
import { tasks } from "./bench/tasks.mjs";
import { build } from "./build.mjs";
import { Failure } from "./setup/failure.mjs";

/** Times this library and its peers on published models; `npm run bench -- --help` says how to use it. */
export default async function bench(benchArguments) {
	const known = cases.map(({ name }) => name);
	const options = parseOptions(benchArguments, known);
	if (options.help) {
		console.log(usage(known));
		return;
	}
	await build();

	const { introductions, absent } = await introduce(peers, options);
	const { models, missing } = openModels(options);
	const report = {
		date: new Date().toISOString(),
		machine: machine(),
		peers: introductions,
		models: models.map(({ name, title, source }) => ({ name, title, source })),
		rows: [],
		leftOut: [...missing, ...absent],
	};
	for (const what of report.leftOut) process.stderr.write(`Left out: ${what}.\n`);
	save(report, options.json);

	const contestants = peers.filter(({ name }) => introductions.some((introduction) => introduction.name === name));
	const work = models.flatMap((model) => tasks.map((task) => [model, task]));
	for (const [i, [model, task]] of work.entries()) {
		process.stderr.write(`[${i + 1}/${work.length}] ${model.title}, ${task.title}; first calls:`);
		const progress = (peer, time) => process.stderr.write(` ${peer} ${time}`);
		report.rows.push(await runRow(contestants, model, task, options, progress));
		process.stderr.write("\n");
		save(report, options.json);
	}
	process.stdout.write(renderReport(report));
	const ours = report.rows.flatMap(({ results }) => results.filter(({ peer }) => peer === own.name));
	if (ours.some(({ median, error }) => median === undefined || error !== undefined)) process.exitCode = 1;
}

/** The chosen cases with their texts, and why others are not there. */
function openModels({ models: chosen }) {
	const models = [];
	const missing = [];
	for (const { open, ...model } of cases.filter(({ name }) => chosen.includes(name))) {
		try {
			models.push({ ...model, input: open() });
		} catch (error) {
			if (!(error instanceof MissingFile)) throw error;
			missing.push(`${model.title}: ${error.message}`);
		}
	}
	if (models.length === 0) throw new Failure(`There is nothing to measure: ${missing.join("; ")}.`);
	return { models, missing };
}

/** After every row, so that a run that is stopped leaves what it measured. */
function save(report, path) {
	if (path === undefined) return;
	try {
		writeFileSync(path, `${JSON.stringify(report, undefined, "\t")}\n`);
	} catch (error) {
		throw new Failure(`The report cannot be written: ${error.message}`);
	}
}
