import { CoreInstance } from "../core/coreInstance.js";
import type { Ensemble, FlatModel, ToyJob, ToyPiece, ToyRange, ToyStatistic } from "./ensemble.js";
import { createGlue, type Glue } from "./generated/glue.js";
import type { CoreEnsemble } from "./generated/histfactory_toys_wasm.js";

/** One instance of the toys core. */
export type ToysCore = CoreInstance<Glue>;

/** Numbers of the statistics in the core. */
const STATISTIC_NUMBERS: Readonly<Record<ToyStatistic["kind"], number>> = { q0: 0, q: 1, qtilde: 2, deviance: 3 };

/**
 * Makes the toys of a job in the thread that it runs in: a worker's or the caller's.
 *
 * It has an instance of the core to itself and loads an ensemble at the first of its toys. After an error, which is a trap
 * of the core or an ensemble that does not fit its model, it is of no use any more.
 */
export class ToyRunner {
	readonly #core: ToysCore;
	readonly #job: ToyJob;
	readonly #loaded: (CoreEnsemble | undefined)[] = [];

	private constructor(core: ToysCore, job: ToyJob) {
		this.#core = core;
		this.#job = job;
	}

	/** Of a module of the toys core; asynchronous, as some engines want it on their main thread. */
	static async create(module: WebAssembly.Module, job: ToyJob): Promise<ToyRunner> {
		return new ToyRunner(await CoreInstance.createAsync<Glue>(createGlue, module), job);
	}

	/**
	 * Makes the toys of a range.
	 *
	 * @throws {@link CoreError} `core-failed` where the core stops in it.
	 */
	run({ ensemble, first, count }: ToyRange): ToyPiece {
		const answer = this.#core.call((glue) => {
			this.#loaded[ensemble] ??= loadEnsemble(glue, this.#job.model, this.#job.ensembles[ensemble]!);
			return this.#loaded[ensemble].run(first, count);
		});
		return {
			ensemble,
			first,
			count,
			statistics: Float64Array.from(answer.subarray(0, count)),
			statuses: Uint8Array.from(answer.subarray(count, 2 * count)),
			lnWeights: Float64Array.from(answer.subarray(2 * count)),
		};
	}
}

/** An ensemble in the core's memory. */
export function loadEnsemble(glue: Glue, model: FlatModel, ensemble: Ensemble): CoreEnsemble {
	const { points, fit, statistic } = ensemble;
	const profile = statistic.kind === "deviance" ? { poi: 0, mu: 0, conditional: new Float64Array() } : statistic;
	return new glue.CoreEnsemble(
		model.structure,
		model.numbers,
		ensemble.auxiliary,
		joined(points),
		joined([fit.start, fit.lower, fit.upper]),
		fit.fixed,
		fit.maxIterations,
		fit.starts,
		STATISTIC_NUMBERS[statistic.kind],
		profile.poi,
		profile.mu,
		profile.conditional,
		ensemble.fluctuateAuxiliary,
		ensemble.seed,
		ensemble.stream,
	);
}

function joined(vectors: readonly Float64Array[]): Float64Array {
	const length = vectors.reduce((sum, vector) => sum + vector.length, 0);
	const all = new Float64Array(length);
	let next = 0;
	for (const vector of vectors) {
		all.set(vector, next);
		next += vector.length;
	}
	return all;
}
