/*
 * The program of a worker. The build makes one text of it and of what it imports (`scripts/build/worker.mjs`), which
 * starts a worker of Node's as well as a page's.
 */
import { ToyRunner } from "../toys/toyRunner.js";
import type { Answer, Question } from "./messages.js";
import { nodeWorkerThreads } from "./nodeModules.js";

/** The way to the thread that started this one: Node's port, or a page's worker itself. */
interface Port {
	onmessage: (event: { readonly data: Question }) => void;
	onmessageerror: () => void;
	postMessage(answer: Answer, transfer: readonly ArrayBuffer[]): void;
}

const port = (nodeWorkerThreads()?.parentPort ?? globalThis) as Port;
let runner: ToyRunner | undefined;

port.onmessage = async ({ data }) => {
	try {
		if (data.kind === "job") {
			runner = await ToyRunner.create(data.module, data.job);
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
