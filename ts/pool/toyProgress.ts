import type { ToyPiece } from "../toys/ensemble.js";

/** Where a study stands. */
export interface ToyProgress {
	/** Toys that have been made, those of earlier sessions included. */
	readonly done: number;
	/** Toys that there will be; of an adaptive study, at most. */
	readonly total: number;
	/** Toys among `done` with a fit that failed. */
	readonly failed: number;
	/** Toys made in a second, on the average since the start of this session. */
	readonly perSecond: number;
	/** `undefined` as long as no toy has been made. */
	readonly secondsLeft: number | undefined;
}

/**
 * Counts the toys of a study as pieces come in.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ProgressMeter } from "histfactory/toys";
 *
 * let seconds = 0;
 * const meter = new ProgressMeter(1000, { clock: () => 1000 * seconds });
 * seconds = 2;
 * meter.add({ count: 200, statuses: new Uint8Array(200) });
 * assert.deepEqual(meter.progress, { done: 200, total: 1000, failed: 0, perSecond: 100, secondsLeft: 8 });
 * ```
 */
export class ProgressMeter {
	readonly #total: number;
	readonly #clock: () => number;
	readonly #start: number;
	readonly #before: number;
	#done: number;
	#failed: number;

	/**
	 * @param total - How many toys there will be.
	 * @param options - `done` and `failed`: those that an earlier session made; `clock`: milliseconds since any moment.
	 */
	constructor(
		total: number,
		options: { readonly done?: number; readonly failed?: number; readonly clock?: () => number } = {},
	) {
		this.#total = total;
		this.#before = this.#done = options.done ?? 0;
		this.#failed = options.failed ?? 0;
		this.#clock = options.clock ?? (() => performance.now());
		this.#start = this.#clock();
	}

	/** Counts a piece. */
	add({ count, statuses }: Pick<ToyPiece, "count" | "statuses">): void {
		this.#done += count;
		for (const status of statuses) if (status !== 0) this.#failed++;
	}

	/** Where the study stands now. */
	get progress(): ToyProgress {
		const made = this.#done - this.#before;
		const seconds = (this.#clock() - this.#start) / 1000;
		// A clock may stand still for a while.
		const perSecond = made > 0 && seconds > 0 ? made / seconds : 0;
		const secondsLeft = perSecond > 0 ? (this.#total - this.#done) / perSecond : undefined;
		return Object.freeze({ done: this.#done, total: this.#total, failed: this.#failed, perSecond, secondsLeft });
	}
}
