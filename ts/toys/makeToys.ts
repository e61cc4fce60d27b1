import { ToyPool } from "../pool/toyPool.js";
import type { ToyRange } from "./ensemble.js";
import type { RunOptions } from "./toyOptions.js";
import { ProgressMeter } from "./toyProgress.js";
import { emptyShard, firstToys, missingToys, ToyCollector, type ToyShard } from "./toyShard.js";
import type { ToyStudy } from "./toyStudy.js";

/** Which toys of a study to make, and how to run it. */
export interface MakeToysOptions extends RunOptions {
	/** Toys that are there already; they are not made again. */
	readonly shard?: ToyShard;
	/** What to make; all that are missing by default. */
	readonly ranges?: readonly ToyRange[];
	/** Called as toys come in, with a function that gives all there are, for instance to keep them. */
	readonly onToys?: (soFar: () => ToyShard) => void;
}

/** Hypotheses take turns so that a study that is stopped has toys of each: so many first, then a tenth more each time. */
const FIRST_TURN = 500;
const TURN_GROWTH = 1.1;

/** Toys of each hypothesis after which a study looks whether it may stop: so many first, then a quarter more each time. */
const FIRST_BLOCK = 400;
const BLOCK_GROWTH = 1.25;

/**
 * Makes toys of a study and gives them back with those that were there.
 *
 * Where `signal` ends it, the toys made up to then are given back; they can be gone on with later, and the result is the
 * same to the last bit.
 *
 * @throws ToyError `other-study`, `bad-piece`, `overlapping-toys`; OptionError `bad-workers`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { makeToys, planToyTest } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const study = planToyTest(1, workspace.data(model), model, { toys: 100 });
 * const some = await makeToys(study, { ranges: [{ ensemble: 1, first: 0, count: 60 }], workers: 0 });
 * const all = await makeToys(study, { shard: some, workers: 0 });
 * assert.deepEqual(all.pieces.map((pieces) => pieces.map(({ count }) => count)), [[100], [100]]);
 * ```
 */
export async function makeToys(study: ToyStudy, options: MakeToysOptions = {}): Promise<ToyShard> {
	const run = new ToyRun(study, options);
	try {
		await run.make(options.ranges ?? missingToys(study, run.shard()));
		return run.shard();
	} finally {
		run.close();
	}
}

/**
 * The same in blocks, until `enough` says so of what there is after a block. Blocks have the same ends however the study is
 * run, so that it stops at the same toy.
 */
export async function makeToysUntil(
	study: ToyStudy,
	enough: ((shard: ToyShard) => boolean) | undefined,
	options: MakeToysOptions,
): Promise<ToyShard> {
	if (enough === undefined) return makeToys(study, options);
	const run = new ToyRun(study, options);
	try {
		for (let end = FIRST_BLOCK; ; end = Math.ceil(BLOCK_GROWTH * end)) {
			const wanted = study.toys.map((toys) => Math.min(toys, end));
			await run.make(missingToys(study, run.shard(), wanted));
			// No others, which an earlier run may have made.
			const shard = firstToys(run.shard(), wanted);
			const all = wanted.every((toys, i) => toys === study.toys[i]);
			if (all || options.signal?.aborted || enough(shard)) return shard;
		}
	} finally {
		run.close();
	}
}

/** One run of a study, with its workers. */
class ToyRun {
	readonly #pool: ToyPool;
	readonly #collector: ToyCollector;
	readonly #meter: ProgressMeter;
	readonly #options: MakeToysOptions;

	constructor(study: ToyStudy, options: MakeToysOptions) {
		const { shard = emptyShard(study), ranges, workers } = options;
		this.#collector = new ToyCollector(study, shard);
		const statuses = shard.pieces.flatMap((pieces) => pieces.map((piece) => piece.statuses));
		const done = statuses.reduce((sum, { length }) => sum + length, 0);
		const failed = statuses.reduce((sum, list) => sum + list.reduce((n, status) => n + Number(status !== 0), 0), 0);
		const all = study.toys.reduce((sum, toys) => sum + toys, 0);
		const total = ranges === undefined ? all : done + ranges.reduce((sum, { count }) => sum + count, 0);
		this.#meter = new ProgressMeter(total, done, failed);
		this.#options = options;
		const { model, ensembles } = study;
		this.#pool = new ToyPool({ model, ensembles }, workers === undefined ? {} : { workers });
	}

	/** Makes the ranges, or what can be made of them before the signal. */
	async make(ranges: readonly ToyRange[]): Promise<void> {
		const { signal, onProgress, onToys } = this.#options;
		try {
			await this.#pool.run(inTurns(ranges), {
				onPiece: (piece) => {
					this.#collector.add(piece);
					const progress = this.#meter.add(piece.statuses);
					onProgress?.(progress);
					onToys?.(() => this.#collector.shard());
				},
				...(signal === undefined ? {} : { signal }),
			});
		} catch (error) {
			if (!signal?.aborted) throw error;
		}
	}

	shard(): ToyShard {
		return this.#collector.shard();
	}

	close(): void {
		this.#pool.close();
	}
}

/** The same toys in parts, those of one turn of every hypothesis after those of the turn before. */
function inTurns(ranges: readonly ToyRange[]): ToyRange[] {
	const last = ranges.reduce((most, { first, count }) => Math.max(most, first + count), 0);
	const parts: ToyRange[] = [];
	for (let [begin, end] = [0, FIRST_TURN]; begin < last; [begin, end] = [end, Math.ceil(TURN_GROWTH * end)]) {
		for (const { ensemble, first, count } of ranges) {
			const [from, to] = [Math.max(first, begin), Math.min(first + count, end)];
			if (to > from) parts.push({ ensemble, first: from, count: to - from });
		}
	}
	return parts;
}
