import workerThreads, { type Worker, type WorkerOptions } from "node:worker_threads";
import { afterEach } from "vitest";

/** The workers that were started since `watchWorkers`. */
export interface WatchedWorkers {
	readonly started: Worker[];
	/** Resolves when all have ended. */
	ended(): Promise<unknown>;
}

const { Worker: NodeWorker } = workerThreads;
const { instantiate } = WebAssembly;
afterEach(() => {
	workerThreads.Worker = NodeWorker;
	WebAssembly.instantiate = instantiate;
});

/** Sees every worker that the library starts in this test, and has the i-th run `prologue(i)` before its program. */
export function watchWorkers(prologue: (i: number) => string = () => ""): WatchedWorkers {
	const started: Worker[] = [];
	const ends: Promise<void>[] = [];
	workerThreads.Worker = class extends NodeWorker {
		constructor(source: string, options: WorkerOptions) {
			// A small heap, which a test may fill.
			super(`${prologue(started.length)}\n${source}`, { ...options, resourceLimits: { maxOldGenerationSizeMb: 64 } });
			started.push(this);
			ends.push(new Promise((resolve) => this.once("exit", () => resolve())));
		}
	};
	return { started, ended: () => Promise.all(ends) };
}

/** A program after which the core runs a statement before it makes `count` toys from `first` on. */
export const beforeToys = (statement: string): string => `{
	const { Instance } = WebAssembly;
	WebAssembly.instantiate = async (module, imports) => {
		const { exports } = new Instance(module, imports);
		const run = (object, first, count) => {
			${statement};
			return exports.coreensemble_run(object, first, count);
		};
		return Object.create(Instance.prototype, { exports: { value: { ...exports, coreensemble_run: run } } });
	};
}`;

/** The same where toy 500 is among them. */
export const atToy500 = (statement: string): string =>
	beforeToys(`if (first <= 500 && 500 < first + count) ${statement}`);

/** A statement that takes a millisecond for each toy. */
export const SLOW = "for (const start = performance.now(); performance.now() < start + count; );";

/** A call of a function in WebAssembly that has one instruction, `unreachable`. */
export const TRAP =
	"new Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11))).exports.t()";
