import { compare } from "./compare.mjs";
import { measure, median } from "./measure.mjs";
import { own } from "./peers.mjs";
import { duration } from "./units.mjs";
import { Worker } from "./worker.mjs";

/**
 * Measures one task on one model with every peer that does it and gives the row of the report: `{ model, task, results }`,
 * results by peer, as `measure` gives them, with the ratio and the differences to ours.
 *
 * Each peer has a process of its own for the row, in which the model is loaded, so that its first call is what someone
 * meets who asks for just that.
 */
export async function runRow(peers, { name, input }, task, { patience, ...options }, progress) {
	const contestants = peers.filter(({ tasks }) => tasks === undefined || tasks.includes(task.name));
	const results = contestants.map((peer) => ({ peer: peer.name, note: peer.notes?.[task.name] }));
	const work = new Work(task, input, patience);

	const workers = [];
	try {
		for (const peer of contestants) workers.push(new Worker(peer.command(options)));
		const ready = [];
		for (const [i, worker] of workers.entries()) {
			const failure = await work.prepare(worker);
			if (failure === undefined) ready.push(i);
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

	for (const [i, { starts = 1, command }] of contestants.entries()) {
		if (results[i].median !== undefined) await addFirsts(results[i], starts - 1, command(options), work);
	}
	return { model: name, task: task.name, results: related(task, results) };
}

/** A task on a model. */
class Work {
	/** Without the number of calls. */
	job;
	#load;
	#patience;

	constructor({ name }, input, patience) {
		this.#load = { task: "load", ...input };
		this.job = name === "load" ? this.#load : { task: name };
		this.#patience = patience;
	}

	/** Loads the model, where that is not itself the task; gives what went wrong. */
	async prepare(worker) {
		const { error } = await worker.introduction();
		if (error !== undefined) return { error };
		if (this.job === this.#load) return undefined;
		const { seconds, ...failure } = await worker.ask({ ...this.#load, calls: 1 }, this.#patience);
		return seconds === undefined ? failure : undefined;
	}

	/** The answer to the first call in a process of its own. */
	async first(command) {
		const worker = new Worker(command);
		try {
			return (await this.prepare(worker)) ?? (await worker.ask({ ...this.job, calls: 1 }, this.#patience));
		} finally {
			await worker.end();
		}
	}
}

/** Makes `first` the median over more processes. */
async function addFirsts(result, count, command, work) {
	const firsts = [result.first];
	for (let i = 0; i < count; i++) {
		const { seconds, error = "no answer in time" } = await work.first(command);
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
function related(task, results) {
	const ours = results.find(({ peer }) => peer === own.name);
	if (ours.median === undefined) return results;
	return results.map((theirs) => {
		if (theirs === ours || theirs.error !== undefined) return theirs;
		const ratio = (theirs.median ?? theirs.exceeded) / ours.median;
		if (theirs.values === undefined) return { ...theirs, ratio };
		return { ...theirs, ratio, differences: compare(task, ours.values, theirs.values) };
	});
}

function said({ first, exceeded }) {
	if (first !== undefined) return duration(first);
	return exceeded === undefined ? "fails" : `> ${exceeded} s`;
}
