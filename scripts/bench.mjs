import { writeFileSync } from "node:fs";
import { cases } from "./bench/cases.mjs";
import { MissingFile } from "./bench/files.mjs";
import { Inputs } from "./bench/inputs.mjs";
import { introduce } from "./bench/introduce.mjs";
import { machine } from "./bench/machine.mjs";
import { parseOptions, usage } from "./bench/options.mjs";
import { own, peers } from "./bench/peers.mjs";
import { runRow } from "./bench/run.mjs";
import { measureScaling } from "./bench/scaling.mjs";
import { renderReport } from "./bench/table.mjs";
import { tasks } from "./bench/tasks.mjs";
import { build } from "./build.mjs";
import { Failure } from "./setup/failure.mjs";

/** Times this library and its peers on published models; `npm run bench -- --help` says how to use it. */
export default async function bench(benchArguments) {
	const known = {
		models: cases.map(({ name }) => name),
		tasks: tasks.map(({ name }) => name),
		peers: peers.filter((peer) => peer !== own).map(({ name }) => name),
	};
	const options = parseOptions(benchArguments, known);
	if (options.help) {
		console.log(usage(known));
		return;
	}
	await build();
	const inputs = new Inputs();
	try {
		await (options.scaling ? measureScaling : measurePeers)(options, inputs, save);
	} finally {
		inputs.remove();
	}
}

async function measurePeers(options, inputs) {
	const chosen = peers.filter((peer) => peer === own || options.peers.includes(peer.name));
	const { introductions, absent } = await introduce(chosen, options);
	const contestants = chosen.filter(({ name }) => introductions.some((introduction) => introduction.name === name));
	const { models, missing } = await openModels(options, contestants, inputs);
	const report = {
		date: new Date().toISOString(),
		machine: machine(),
		peers: introductions,
		models: models.map(({ name, title, source }) => ({ name, title, source })),
		rows: [],
		leftOut: [...missing, ...absent],
	};
	for (const what of report.leftOut) process.stderr.write(`Left out: ${what.replace(/\.$/, "")}.\n`);
	save(report, options.json);

	const work = models.flatMap((model) => model.tasks.map((task) => [model, task]));
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

/** The chosen cases that have a chosen task, with the files of their inputs, and why others are not there. */
async function openModels({ models: chosen, tasks: wanted }, contestants, inputs) {
	const models = [];
	const missing = [];
	for (const { open, ...model } of cases.filter(({ name }) => chosen.includes(name))) {
		const ofModel = tasks.filter(({ name }) => model.tasks.includes(name) && wanted.includes(name));
		if (ofModel.length === 0) continue;
		const compiled = contestants.some((peer) => peer.compiled && ofModel.some(({ name }) => peer.tasks.includes(name)));
		try {
			models.push({ ...model, tasks: ofModel, files: await inputs.write(model.name, open(), { compiled }) });
		} catch (error) {
			if (!(error instanceof MissingFile)) throw error;
			missing.push(`${model.title}: ${error.message}`);
		}
	}
	if (models.length > 0) return { models, missing };
	throw new Failure(`There is nothing to measure: ${missing.join("; ") || "no chosen model has a chosen task"}.`);
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
