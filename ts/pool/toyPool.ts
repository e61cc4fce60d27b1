import { OptionError } from "../errors.js";
import type { ToyJob, ToyPiece, ToyRange } from "../toys/ensemble.js";
import { toysModule } from "../toys/toyCore.js";
import { type Chunk, ChunkQueue, type Speed } from "./chunkQueue.js";
import type { Executor } from "./executor.js";
import { LocalExecutor } from "./localExecutor.js";
import type { MadePiece } from "./messages.js";
import { availableParallelism } from "./parallelism.js";
import { WorkerError } from "./workerError.js";
import { WorkerExecutor } from "./workerExecutor.js";

/** Options of a {@link ToyPool}. */
export interface ToyPoolOptions {
	/**
	 * How many workers; 0: none, the toys are made on this thread. Where it is left out, as many as the machine runs at once,
	 * but no more than there is work for.
	 */
	readonly workers?: number;
}

/** Options of {@link ToyPool.run}. */
export interface ToyRunOptions {
	/** Takes what has been made, in any order and in pieces of any size. */
	readonly onPiece: (piece: ToyPiece) => void;
	/** Ends the run; it rejects with the signal's reason. */
	readonly signal?: AbortSignal;
}

/** Milliseconds that a chunk is to take in a worker, and on this thread, where nothing else happens meanwhile. */
const WORKER_CHUNK = 300;
const LOCAL_CHUNK = 40;

/** Milliseconds of work that each worker has left before another one is worth its start. */
const WORTH_A_WORKER = 50;

/** More threads than any machine runs at once. */
const MOST_WORKERS = 1024;

/** A run that is going on, and the first error that ended it. */
interface Run {
	readonly job: ToyJob;
	readonly queue: ChunkQueue;
	readonly onPiece: (piece: ToyPiece) => void;
	/** What each executor is at, in their order. */
	readonly loops: Promise<void>[];
	failure: { readonly error: unknown } | undefined;
}

/**
 * Makes toys on all cores of the machine.
 *
 * Every worker has an instance of the toys core and loads the job once. One that dies is replaced and its toys are made
 * again. A toy is the same, to the last bit, wherever it is made. Workers start with the first run and wait for the next
 * one until `close()`; in Node they keep the program alive only during a run.
 */
export class ToyPool {
	/** How many workers there are at most; 0 where toys are made on the calling thread. */
	readonly workers: number;
	readonly #startsAll: boolean;
	#job: ToyJob;
	readonly #executors: (Executor | undefined)[];
	readonly #speeds = new Map<number, Speed>();
	#run: Run | undefined;
	#closed = false;

	/**
	 * @param job - All that a worker needs to know; it is copied to each.
	 * @throws OptionError `bad-workers`.
	 */
	constructor(job: ToyJob, options: ToyPoolOptions = {}) {
		const workers = options.workers ?? Math.min(availableParallelism(), MOST_WORKERS);
		if (!Number.isInteger(workers) || workers < 0 || workers > MOST_WORKERS) {
			const message = `expected a whole number from 0 to ${MOST_WORKERS}, found ${workers}`;
			throw new OptionError("bad-workers", message, "options.workers");
		}
		this.workers = workers;
		this.#startsAll = options.workers !== undefined;
		this.#job = job;
		this.#executors = Array.from({ length: Math.max(workers, 1) });
	}

	/**
	 * Has the next runs make toys of another job, by the workers that there are.
	 *
	 * @throws {@link WorkerError} `pool-busy` during a run.
	 */
	changeJob(job: ToyJob): void {
		this.#checkIdle();
		this.#job = job;
		this.#speeds.clear();
	}

	/**
	 * Makes the toys of the ranges and hands them to `onPiece`; an error that this throws ends the run.
	 *
	 * @throws {@link WorkerError} with its code; CoreError where the engine does not take the core; the reason of an
	 * aborted signal; OptionError `bad-range` for toys that the job does not have.
	 */
	async run(ranges: readonly ToyRange[], { onPiece, signal }: ToyRunOptions): Promise<void> {
		const job = this.#job;
		checkRanges(ranges, job);
		this.#checkIdle();
		if (this.#closed) throw new WorkerError("pool-closed", "this pool was closed: make another one");
		if (signal?.aborted) throw signal.reason;
		const workers = this.#executors.length;
		const milliseconds = this.workers === 0 ? LOCAL_CHUNK : WORKER_CHUNK;
		const queue = new ChunkQueue(ranges, { workers, milliseconds, speeds: this.#speeds });
		const run: Run = { job, queue, onPiece, loops: [], failure: undefined };
		this.#run = run;
		const abort = () => this.#fail(run, signal?.reason);
		signal?.addEventListener("abort", abort);
		const started = this.#startsAll ? workers : Math.max(1, this.#executors.filter(Boolean).length);
		while (run.loops.length < started) this.#startLoop(run);
		// More may join while these are awaited.
		for (const loop of run.loops) await loop;
		signal?.removeEventListener("abort", abort);
		this.#run = undefined;
		if (run.failure !== undefined) throw run.failure.error;
	}

	/** Ends the workers, and the run that is going on, which rejects with a {@link WorkerError} `pool-closed`. */
	close(): void {
		this.#closed = true;
		if (this.#run === undefined) this.#stop();
		else this.#fail(this.#run, new WorkerError("pool-closed", "this pool was closed during its run"));
	}

	#checkIdle(): void {
		if (this.#run !== undefined) throw new WorkerError("pool-busy", "this pool is still busy: wait for its run to end");
	}

	/** Has one more executor take part in a run. */
	#startLoop(run: Run): void {
		run.loops.push(this.#makeChunks(run.loops.length, run));
	}

	/** What executor i does: one chunk after the other, until there are none or the run has failed. */
	async #makeChunks(i: number, run: Run): Promise<void> {
		try {
			const module = await toysModule();
			while (run.failure === undefined) {
				const chunk = run.queue.next();
				if (chunk === undefined) return;
				await this.#makeChunk(i, module, chunk, run);
				const { length } = run.loops;
				const worth = run.queue.millisecondsLeft > WORTH_A_WORKER * length;
				if (length < this.#executors.length && worth) this.#startLoop(run);
			}
		} catch (error) {
			this.#fail(run, error);
		}
	}

	async #makeChunk(i: number, module: WebAssembly.Module, chunk: Chunk, run: Run): Promise<void> {
		this.#executors[i] ??= new (this.workers === 0 ? LocalExecutor : WorkerExecutor)(module);
		const executor = this.#executors[i];
		let made: MadePiece;
		try {
			made = await executor.make(run.job, chunk.range);
		} catch (error) {
			if (run.failure !== undefined) return;
			executor.stop();
			this.#executors[i] = undefined;
			if (error instanceof WorkerError) throw error;
			run.queue.putBack(chunk, error);
			return;
		}
		if (run.failure !== undefined) return;
		run.queue.timed(chunk, made.milliseconds);
		run.onPiece(made.piece);
	}

	/** Ends a run; what its executors are at is given up with them. */
	#fail(run: Run, error: unknown): void {
		if (run.failure !== undefined) return;
		run.failure = { error };
		this.#stop();
	}

	#stop(): void {
		for (const executor of this.#executors) executor?.stop();
		this.#executors.fill(undefined);
	}
}

function checkRanges(ranges: readonly ToyRange[], { ensembles }: ToyJob): void {
	for (const [i, { ensemble, first, count }] of ranges.entries()) {
		const whole = [first, count, first + count].every((number) => Number.isSafeInteger(number) && number >= 0);
		if (whole && ensembles[ensemble] !== undefined) continue;
		throw new OptionError(
			"bad-range",
			`expected toys of the ensembles 0 to ${ensembles.length - 1} by whole numbers, found ${count} from ${first} on of ensemble ${ensemble}`,
			`ranges[${i}]`,
		);
	}
}
