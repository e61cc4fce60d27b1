/** How far a toy study has come. */
export interface ToyProgress {
	/** Toys that are there, of all hypotheses, those of earlier runs included. */
	readonly done: number;
	/** Toys that there may be at most. */
	readonly total: number;
	/** Toys of which a fit did not converge. */
	readonly failed: number;
	/** Toys a second, in this run. */
	readonly perSecond: number;
	/** Seconds until `total` at this rate; `undefined` before there is one. */
	readonly secondsLeft: number | undefined;
}

/** Measures how fast toys come in. */
export class ProgressMeter {
	readonly #total: number;
	readonly #clock: () => number;
	readonly #begin: number;
	readonly #before: number;
	#done: number;
	#failed: number;

	/** Of `total` toys, `done` are there already and `failed` of these have failed. `clock` tells milliseconds. */
	constructor(total: number, done: number, failed: number, clock = () => performance.now()) {
		this.#clock = clock;
		this.#begin = clock();
		this.#total = total;
		this.#before = done;
		this.#done = done;
		this.#failed = failed;
	}

	/** Counts toys that have come in, by how their fits ended. */
	add(statuses: Uint8Array): ToyProgress {
		this.#done += statuses.length;
		for (const status of statuses) if (status !== 0) this.#failed++;
		const seconds = (this.#clock() - this.#begin) / 1000;
		const perSecond = seconds > 0 ? (this.#done - this.#before) / seconds : 0;
		const left = this.#total - this.#done;
		return Object.freeze({
			done: this.#done,
			total: this.#total,
			failed: this.#failed,
			perSecond,
			secondsLeft: perSecond > 0 ? left / perSecond : undefined,
		});
	}
}
