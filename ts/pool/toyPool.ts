import type { ToyJob, ToyPiece, ToyRange } from "../toys/ensemble.js";
import { coreEnsemble, loadToyCore } from "../toys/toyCore.js";

const CHUNK = 500;

/** Stands in for the pool of workers: makes toys on this thread. */
export class ToyPool {
	readonly #job: ToyJob;

	constructor(job: ToyJob, _options: { readonly workers?: number } = {}) {
		this.#job = job;
	}

	async run(
		ranges: readonly ToyRange[],
		{ onPiece, signal }: { readonly onPiece: (piece: ToyPiece) => void; readonly signal?: AbortSignal },
	): Promise<void> {
		const core = loadToyCore();
		const ensembles = this.#job.ensembles.map((ensemble) =>
			core.call((glue) => coreEnsemble(glue, this.#job.model, ensemble)),
		);
		try {
			for (const { ensemble, first: begin, count: all } of ranges) {
				for (let first = begin; first < begin + all; first += CHUNK) {
					signal?.throwIfAborted();
					const count = Math.min(CHUNK, begin + all - first);
					const out = core.call(() => ensembles[ensemble]!.run(first, count));
					onPiece({
						ensemble,
						first,
						count,
						statistics: out.slice(0, count) as Float64Array<ArrayBuffer>,
						statuses: Uint8Array.from(out.subarray(count, 2 * count)),
						lnWeights: out.slice(2 * count) as Float64Array<ArrayBuffer>,
					});
					await new Promise((resolve) => setTimeout(resolve, 0));
				}
			}
		} finally {
			for (const object of ensembles) object.free();
		}
	}

	close(): void {}
}
