import { Failure } from "../setup/failure.mjs";
import { median } from "./measure.mjs";
import { Worker } from "./worker.mjs";

/** How often a peer is started for the time of its import. */
const STARTS = 3;

/**
 * Starts every peer that the options name: `introductions` with name, seconds of import and versions, and `absent`, why
 * others are not there.
 */
export async function introduce(peers, options) {
	const introductions = [];
	const absent = [];
	for (const peer of peers) {
		const command = peer.command(options);
		if (command === undefined) continue;
		const words = [];
		for (let i = 0; i < STARTS; i++) words.push(await introductionOf(command));
		const { missing, error, versions } = words.at(-1);
		if (missing !== undefined) {
			const [program] = command;
			const reason = `${peer.name}: ${program} has no ${missing}; ${program} -m pip install '${peer.install}'`;
			if (!peer.optional) throw new Failure(reason);
			absent.push(reason);
		} else if (error !== undefined) {
			throw new Failure(`${peer.name}: ${error}`);
		} else {
			introductions.push({
				name: peer.name,
				importSeconds: median(words.map(({ importSeconds }) => importSeconds)),
				versions,
			});
		}
	}
	return { introductions, absent };
}

async function introductionOf(command) {
	const worker = new Worker(command);
	try {
		return await worker.introduction();
	} finally {
		await worker.end();
	}
}
