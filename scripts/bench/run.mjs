import { compare } from "./compare.mjs";
import { measure, median } from "./measure.mjs";
import { own } from "./peers.mjs";
import { Program } from "./program.mjs";
import { duration } from "./units.mjs";
import { Worker } from "./worker.mjs";

/** What comes before a task may take so many seconds at least, however little patience there is for the task. */
const PREPARATION = 60;

/**
 * Measures one task on one model with every peer that does it and gives the row of the report: `{ model, task, size,
 * results }`, the model's size as we load it and results by peer, as `measure` gives them, with the ratio and the
 * differences to ours.
 *
 * Each peer has a process of its own for the row, in which the model is loaded, so that its first call is what someone
 * meets who asks for just that.
 */
export async function runRow(peers, { name, files, toys }, task, { patience, ...options }, progress) {
	const contestants = peers.filter(({ tasks }) => tasks.includes(task.name));
	const results = contestants.map((peer) => ({ peer: peer.name, note: peer.notes?.[task.name] }));
	const work = new Work(task, { files, toys }, patience);
	let size;

	const workers = [];
	try {
		for (const peer of contestants) workers.push(work.start(peer, options));
		const ready = [];
		for (const [i, worker] of workers.entries()) {
			const { values, ...failure } = await work.prepare(worker);
			if (contestants[i] === own) size = values;
			if (Object.keys(failure).length === 0) ready.push(i);
			else Object.assign(results[i], failure);
		}
		const measured = await measure(
			ready.map((i) => workers[i]),
			work.job,
			patience,
			(k, first) => progress(results[ready[k]].peer, said(first)),
		);
		for (const [k, i] of ready.entries()) Object.assign(results[i], measured[k]);
	} finally {
		for (const worker of workers) await worker.end();
	}

	for (const [i, { starts = 1, ...peer }] of contestants.entries()) {
		if (results[i].median !== undefined) await addFirsts(results[i], starts - 1, peer, work, options);
	}
	size = sizeOf(size) ?? sizeOf(results.find(({ peer }) => peer === own.name)?.values);
	return { model: name, task: task.name, size, results: related(task, results, contestants) };
}

/** A task on a model. */
class Work {
	/** Without the number of calls. */
	job;
	#task;
	#files;
	#patience;

	constructor(task, { files, toys }, patience) {
		this.job = task.prepare === undefined ? { task: task.name, ...files } : { task: task.name };
		if (task.toys) this.job.toys = toys;
		this.#task = task;
		this.#files = files;
		this.#patience = patience;
	}

	/** A process that can be asked for it. */
	start(peer, options) {
		if (this.#task.program) return new Program(peer.program(options, this.#files.workspace));
		return new Worker(peer.command(options), peer);
	}

	/** Brings a process to where the task begins; gives the values of that, and what went wrong. */
	async prepare(worker) {
		const { error } = await worker.introduction();
		if (error !== undefined) return { error };
		if (this.#task.prepare === undefined) return {};
		const job = { task: this.#task.prepare, ...this.#files, calls: 1 };
		const limit = Math.max(PREPARATION, this.#patience);
		const { seconds, exceeded, ...answer } = await worker.ask(job, limit);
		return exceeded === undefined ? answer : { error: `loading alone takes longer than ${exceeded} s` };
	}

	/** The answer to the first call in a process of its own. */
	async first(peer, options) {
		const worker = this.start(peer, options);
		try {
			const { values, ...failure } = await this.prepare(worker);
			if (Object.keys(failure).length > 0) return failure;
			return await worker.ask({ ...this.job, calls: 1 }, this.#patience);
		} finally {
			await worker.end();
		}
	}
}

/** Makes `first` the median over more processes. */
async function addFirsts(result, count, peer, work, options) {
	const firsts = [result.first];
	for (let i = 0; i < count; i++) {
		const { seconds, error = "no answer in time" } = await work.first(peer, options);
		if (seconds === undefined) {
			result.error = `in another process: ${error}`;
			return;
		}
		firsts.push(seconds);
	}
	result.first = median(firsts);
	result.firsts = firsts;
}

/** Adds to the other peers' results how they relate to ours. */
function related(task, results, contestants) {
	const ours = results.find(({ peer }) => peer === own.name);
	if (ours?.median === undefined) return results;
	return results.map((theirs, i) => {
		if (theirs === ours || theirs.error !== undefined) return theirs;
		const ratio = (theirs.median ?? theirs.exceeded) / ours.median;
		// A few toys say nothing of the value of many.
		const few = task.toys === true && (contestants[i].toyShare ?? 1) < 1;
		if (theirs.values === undefined || few) return { ...theirs, ratio };
		return { ...theirs, ratio, differences: compare(task, ours.values, theirs.values, contestants[i].exact) };
	});
}

function sizeOf(values) {
	return values?.parameters === undefined ? undefined : { parameters: values.parameters, bins: values.bins };
}

function said({ first, exceeded }) {
	if (first !== undefined) return duration(first);
	return exceeded === undefined ? "fails" : `> ${exceeded} s`;
}
