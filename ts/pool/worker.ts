/*
 * The program of a worker. The build makes one text of it and of what it imports (`scripts/build/worker.mjs`), which
 * starts a worker of Node's as well as a page's.
 */
import { ToyRunner } from "../toys/toyRunner.js";
import type { Answer, Lifeline, LifelineHeld, Question } from "./messages.js";
import { nodeWorkerThreads } from "./nodeModules.js";

/** The way to the thread that started this one: Node's port, or a page's worker itself. */
interface Port {
	onmessage: (event: { readonly data: Question | Lifeline }) => void;
	onmessageerror: () => void;
	postMessage(answer: Answer | LifelineHeld, transfer: readonly ArrayBuffer[]): void;
}

const port = (nodeWorkerThreads()?.parentPort ?? globalThis) as Port;
let runner: ToyRunner | undefined;
/** Resolves when the lifeline is held, before which nothing is made. */
let lifeline: Promise<void> | undefined;
port.onmessage = async ({ data }) => {
	try {
		if (data.kind === "lifeline") {
			lifeline = hold(data.lock);
		} else if (data.kind === "job") {
			runner = await ToyRunner.create(data.module, data.job);
			await lifeline;
			port.postMessage({ kind: "ready" }, []);
		} else if (runner !== undefined) {
			const start = performance.now();
			const piece = runner.run(data.range);
			const milliseconds = performance.now() - start;
			const { statistics, statuses, lnWeights } = piece;
			port.postMessage({ kind: "made", piece, milliseconds }, [statistics.buffer, statuses.buffer, lnWeights.buffer]);
		}
	} catch (error) {
		port.postMessage({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }, []);
	}
};
port.onmessageerror = () => port.postMessage({ kind: "failed", reason: "a message could not be read" }, []);

/** Takes a lock for good and says so; where the page may not have locks, there is none. */
function hold(lock: string): Promise<void> {
	return new Promise((resolve) => {
		const forever = () => {
			port.postMessage({ kind: "held" }, []);
			resolve();
			return new Promise(() => {});
		};
		navigator.locks.request(lock, forever).catch(() => resolve());
	});
}
