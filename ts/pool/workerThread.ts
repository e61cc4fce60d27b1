import { workerSource } from "./generated/workerSource.js";
import type { Answer, Lifeline, LifelineHeld, Question } from "./messages.js";
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
	// Only a secure page has locks; the address is like no other one.
	const lock = "locks" in navigator ? url : undefined;
	return startInPage(url, listener, () => URL.revokeObjectURL(url), lock);
}

function startFromDataUrl(listener: WorkerListener): WorkerThread {
	// This worker has an origin of its own, and locks of its own.
	return startInPage(`data:text/javascript,${encodeURIComponent(workerSource)}`, listener, () => {}, undefined);
}

/**
 * `release` is called when the script has been read or never will be; `lock` is the name of one that the worker holds for
 * its life.
 */
function startInPage(
	url: string,
	listener: WorkerListener,
	release: () => void,
	lock: string | undefined,
): WorkerThread {
	let worker: Worker;
	try {
		worker = new Worker(url, { name: "histfactory" });
	} catch (error) {
		release();
		throw error;
	}
	let started = false;
	let over = false;
	const stop = () => {
		if (!started) release();
		over = true;
		worker.terminate();
	};
	const end = (reason: string) => {
		if (over) return;
		stop();
		listener.onEnd(reason, started);
	};
	worker.onmessage = ({ data }: { data: Answer | LifelineHeld }) => {
		if (over) return;
		if (!started) release();
		started = true;
		if (data.kind !== "held") listener.onAnswer(data);
		else if (lock !== undefined) navigator.locks.request(lock, () => end("it was terminated")).catch(() => {});
	};
	// Of a script that could not be loaded the event says nothing.
	worker.onerror = (event) => {
		event.preventDefault();
		end(event.message || "its script was not loaded");
	};
	worker.onmessageerror = () => end("its message could not be read");
	if (lock !== undefined) worker.postMessage({ kind: "lifeline", lock } satisfies Lifeline);
	return { post: (question) => worker.postMessage(question), keepNodeAlive() {}, terminate: stop };
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
