import type { ToyJob, ToyRange } from "../toys/ensemble.js";
import { ToyRunner } from "../toys/toyRunner.js";
import type { Executor } from "./executor.js";
import type { MadePiece } from "./messages.js";

/** Makes toys on the thread that it was called from, which is free for other things before every range. */
export class LocalExecutor implements Executor {
	readonly #module: WebAssembly.Module;
	#loaded: { readonly job: ToyJob; readonly runner: ToyRunner } | undefined;
	#stopped = false;

	constructor(module: WebAssembly.Module) {
		this.#module = module;
	}

	/** @throws CoreError where the core stops, or is not taken by the engine. */
	async make(job: ToyJob, range: ToyRange): Promise<MadePiece> {
		if (this.#loaded?.job !== job) this.#loaded = { job, runner: await ToyRunner.create(this.#module, job) };
		const { runner } = this.#loaded;
		await pause();
		if (this.#stopped) throw new Error("it was stopped");
		const start = performance.now();
		const piece = runner.run(range);
		return { piece, milliseconds: performance.now() - start };
	}

	stop(): void {
		this.#stopped = true;
	}
}

/** Lets the event loop turn. Timers would do, but those of a page in the background wait for a second. */
function pause(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((resolve) => {
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(undefined);
	});
}
