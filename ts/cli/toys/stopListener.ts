import type { StopSignal } from "../interrupted.js";

const SIGNALS: readonly StopSignal[] = ["SIGINT", "SIGTERM"];

/** Listens for a signal to stop; the second one ends the process at once, as it would have without this. */
export class StopListener {
	readonly #controller = new AbortController();
	readonly #listeners = SIGNALS.map((name) => ({ name, listener: () => this.#stop(name) }));
	#received: StopSignal | undefined;

	constructor() {
		for (const { name, listener } of this.#listeners) process.on(name, listener);
	}

	/** Aborted at the first signal. */
	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** The signal that came. */
	get received(): StopSignal | undefined {
		return this.#received;
	}

	/** Leaves signals to the system again. */
	close(): void {
		for (const { name, listener } of this.#listeners) process.off(name, listener);
	}

	#stop(name: StopSignal): void {
		this.#received = name;
		this.close();
		this.#controller.abort();
	}
}
