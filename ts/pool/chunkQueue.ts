import type { ToyRange } from "../toys/ensemble.js";
import { WorkerError } from "./workerError.js";

/** Some toys that are made in one go. */
export interface Chunk {
	readonly range: ToyRange;
	/** How often it was not finished. */
	readonly failures: number;
}

/** So many toys are in the first chunk of an ensemble, when nothing is known of its speed. */
const FIRST = 1;

/** A chunk has at most so many times the toys of the largest one that was timed: a clock may stand still for a short one. */
const GROWTH = 8;

/** Milliseconds that a chunk takes at least where there are toys enough, so that messages do not count. */
const SHORTEST = 10;

/** A chunk that was not finished so often is given up. */
const MOST_FAILURES = 3;

/** What is known of an ensemble's speed. */
export interface Speed {
	readonly toysPerMillisecond: number;
	/** How many toys the largest chunk had that was timed. */
	readonly largest: number;
}

/**
 * Cuts ranges of toys into chunks for workers that ask when they are free.
 *
 * The sizes follow the speed that was measured, and nothing else than time depends on them. Towards the end chunks get
 * smaller, half a worker's share of what is left, so that all finish together.
 */
export class ChunkQueue {
	readonly #ranges: ToyRange[];
	readonly #workers: number;
	readonly #milliseconds: number;
	readonly #unfinished: Chunk[] = [];
	readonly #speeds: Map<number, Speed>;
	#left: number;
	#latest: number | undefined;

	/**
	 * Chunks for so many workers that take about so many milliseconds; `speeds`, by ensemble, is what earlier queues found
	 * out, and is kept up to date.
	 */
	constructor(
		ranges: readonly ToyRange[],
		options: { readonly workers: number; readonly milliseconds: number; readonly speeds: Map<number, Speed> },
	) {
		this.#ranges = ranges.filter(({ count }) => count > 0).reverse();
		this.#workers = options.workers;
		this.#milliseconds = options.milliseconds;
		this.#speeds = options.speeds;
		this.#left = ranges.reduce((sum, { count }) => sum + count, 0);
	}

	/**
	 * About how long one worker would take for all that has not been given out, by the speed of the latest chunk; 0 before
	 * there is one.
	 */
	get millisecondsLeft(): number {
		return this.#latest === undefined ? 0 : this.#left / this.#latest;
	}

	/** The next chunk; `undefined` where all have been given out. */
	next(): Chunk | undefined {
		const unfinished = this.#unfinished.pop();
		if (unfinished !== undefined) return unfinished;
		const range = this.#ranges.pop();
		if (range === undefined) return undefined;
		const { ensemble, first } = range;
		const count = Math.min(this.#size(ensemble), range.count);
		if (count < range.count) this.#ranges.push({ ensemble, first: first + count, count: range.count - count });
		this.#left -= count;
		return { range: { ensemble, first, count }, failures: 0 };
	}

	/** Tells how long a chunk took. */
	timed({ range: { ensemble, count } }: Chunk, milliseconds: number): void {
		const largest = Math.max(count, this.#speeds.get(ensemble)?.largest ?? 0);
		const toysPerMillisecond = count / milliseconds;
		this.#speeds.set(ensemble, { toysPerMillisecond, largest });
		this.#latest = toysPerMillisecond;
	}

	/**
	 * Takes a chunk back that was not finished.
	 *
	 * @throws {@link WorkerError} `worker-failed` where that happened too often.
	 */
	putBack({ range, failures }: Chunk, reason: unknown): void {
		if (failures + 1 < MOST_FAILURES) {
			this.#unfinished.push({ range, failures: failures + 1 });
			return;
		}
		const { ensemble, first, count } = range;
		const toys = count === 1 ? `toy ${first}` : `toys ${first} to ${first + count - 1}`;
		const why = reason instanceof Error ? reason.message : String(reason);
		throw new WorkerError(
			"worker-failed",
			`${toys} of ensemble ${ensemble} could not be made in ${MOST_FAILURES} attempts, each of which ended its worker (${why}); please report this with its input`,
		);
	}

	#size(ensemble: number): number {
		const speed = this.#speeds.get(ensemble);
		if (speed === undefined) return FIRST;
		const parts = this.#workers === 1 ? 1 : 2 * this.#workers;
		const share = Math.max(this.#left / parts, SHORTEST * speed.toysPerMillisecond);
		const size = Math.min(this.#milliseconds * speed.toysPerMillisecond, share, GROWTH * speed.largest);
		return Math.max(Math.floor(size), 1);
	}
}
