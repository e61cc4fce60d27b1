import { workerSource } from "./generated/workerSource.js";
import type { Answer, Question } from "./messages.js";
import { type NodeWorkerThreads, nodeWorkerThreads } from "./nodeModules.js";

/** A started worker, the same for Node and for a page. */
export interface WorkerThread {
	post(question: Question): void;
	/** Whether Node stays alive for it; a new one keeps it alive. */
	keepNodeAlive(keep: boolean): void;
	terminate(): void;
}

/** What comes from a worker. After `onEnd`, or after `terminate`, nothing does. */
export interface WorkerListener {
	onAnswer(answer: Answer): void;
	/** It ended by itself, and why; `started` is false where it never ran. */
	onEnd(reason: string, started: boolean): void;
}

/** Starts a worker; throws where that is forbidden and known at once. */
export type StartWorker = (listener: WorkerListener) => WorkerThread;

/** How workers can be started here, to be tried in turn: a policy may allow one and not the other. */
export function waysToStart(): readonly StartWorker[] {
	const threads = nodeWorkerThreads();
	if (threads !== undefined) return [(listener) => startInNode(threads, listener)];
	if (typeof Worker === "undefined") return [];
	return [startFromBlob, startFromDataUrl];
}

function startInNode({ Worker }: NodeWorkerThreads, listener: WorkerListener): WorkerThread {
	// What the user's program was started with, loaders and the like, is not for this one.
	const worker = new Worker(workerSource, { eval: true, execArgv: [], env: {}, name: "histfactory" });
	let over = false;
	const end = (reason: string) => {
		if (!over) listener.onEnd(reason, true);
		over = true;
	};
	worker.on("message", (answer) => {
		if (!over) listener.onAnswer(answer as Answer);
	});
	worker.on("error", (error) => end(reasonOf(error)));
	worker.on("messageerror", (error) => end(reasonOf(error)));
	worker.on("exit", (code) => end(`it exited with code ${code}`));
	return {
		post: (question) => worker.postMessage(question),
		keepNodeAlive: (keep) => (keep ? worker.ref() : worker.unref()),
		terminate() {
			over = true;
			void worker.terminate();
		},
	};
}

function startFromBlob(listener: WorkerListener): WorkerThread {
	const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
	return startInPage(url, listener, () => URL.revokeObjectURL(url));
}

function startFromDataUrl(listener: WorkerListener): WorkerThread {
	return startInPage(`data:text/javascript,${encodeURIComponent(workerSource)}`, listener, () => {});
}

/** `release` is called when the script has been read or never will be. */
function startInPage(url: string, listener: WorkerListener, release: () => void): WorkerThread {
	let worker: Worker;
	try {
		worker = new Worker(url, { name: "histfactory" });
	} catch (error) {
		release();
		throw error;
	}
	let started = false;
	const end = (reason: string) => {
		if (!started) release();
		worker.terminate();
		listener.onEnd(reason, started);
	};
	worker.onmessage = ({ data }) => {
		if (!started) release();
		started = true;
		listener.onAnswer(data);
	};
	// Of a script that could not be loaded the event says nothing.
	worker.onerror = (event) => {
		event.preventDefault();
		end(event.message || "its script was not loaded");
	};
	worker.onmessageerror = () => end("its message could not be read");
	return {
		post: (question) => worker.postMessage(question),
		keepNodeAlive() {},
		terminate() {
			if (!started) release();
			worker.onmessage = worker.onerror = worker.onmessageerror = null;
			worker.terminate();
		},
	};
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
