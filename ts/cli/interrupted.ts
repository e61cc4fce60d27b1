/** What a command ends with that stopped at a signal, after it had put its result in order. */
export class Interrupted extends Error {
	/** 128 and the signal's number, as shells have it. */
	readonly exitCode: number;

	constructor(signal: StopSignal) {
		super(`stopped by ${signal}`);
		this.exitCode = EXIT_CODES[signal];
	}
}

/** A signal that asks to stop: Ctrl-C, or the end of a job's time. */
export type StopSignal = "SIGINT" | "SIGTERM";

const EXIT_CODES: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143 };
