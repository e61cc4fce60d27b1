import { Workspace } from "histfactory";
import { toyTest } from "histfactory/toys";
import { workspaces } from "./workspaces.js";

/** Every worker that the page has started, and those of them that have said something. */
const started = [];
const running = new Set();
globalThis.Worker = class extends Worker {
	constructor(...programAndOptions) {
		super(...programAndOptions);
		started.push(this);
		this.addEventListener("message", () => running.add(this));
	}
};

const workspace = Workspace.parse(workspaces.everything.document);
const model = workspace.model();
const data = workspace.data(model);

/** The digest of a test on two workers; at the first piece, those that run are killed where that is asked for. */
async function digestOf(toKill) {
	running.clear();
	let killed = 0;
	const onProgress = () => {
		if (!toKill || killed > 0) return;
		for (const worker of running) worker.terminate();
		killed = running.size;
	};
	const before = started.length;
	const { digest } = await toyTest(1, data, model, { toys: 500, workers: 2, onProgress });
	return { digest, killed, started: started.length - before };
}

async function results() {
	return { untouched: await digestOf(false), killed: await digestOf(true) };
}

globalThis.result = results();
