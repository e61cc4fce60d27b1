import { Failure } from "../setup/failure.mjs";
import { median } from "./measure.mjs";
import { own } from "./peers.mjs";
import { Worker } from "./worker.mjs";

/** How often a peer is started for the time of its import. */
const STARTS = 3;

/**
 * Starts every peer: `introductions` with name, seconds of import and versions, and `absent`, why others are not there.
 * Without ours there is nothing to compare.
 */
export async function introduce(peers, options) {
	const introductions = [];
	const absent = [];
	for (const peer of peers) {
		const introduction = await introductionOf(peer, options);
		if (typeof introduction !== "string") introductions.push({ name: peer.name, ...introduction });
		else if (peer === own) throw new Failure(`${peer.name}: ${introduction}`);
		else absent.push(`${peer.name}: ${introduction}`);
	}
	return { introductions, absent };
}

/** What a peer says of itself, or why it does not. */
async function introductionOf(peer, options) {
	if (peer.command === undefined) return { versions: {} };
	const command = peer.command(options);
	if (command === undefined) return "no Python is named (--python)";
	try {
		await peer.build?.();
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return error.message;
	}
	const words = [];
	for (let i = 0; i < STARTS; i++) words.push(await wordsOf(command));
	const { missing, error, versions } = words.at(-1);
	if (missing !== undefined) {
		const [program] = command;
		return `${program} has no ${missing}; ${program} -m pip install ${peer.install}`;
	}
	if (error !== undefined) return error;
	return { importSeconds: median(words.map(({ importSeconds }) => importSeconds)), versions };
}

async function wordsOf(command) {
	const worker = new Worker(command);
	try {
		return await worker.introduction();
	} finally {
		await worker.end();
	}
}
