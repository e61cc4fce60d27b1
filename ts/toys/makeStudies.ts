import type { ToyPool } from "../pool/toyPool.js";
import type { RunOptions } from "./toyOptions.js";
import type { ProgressMeter } from "./toyProgress.js";
import { missingToys, ToyCollector, type ToyShard } from "./toyShard.js";
import type { ToyStudy } from "./toyStudy.js";

/** A study of which some toys are wanted: the first so many of each hypothesis. */
export interface WantedToys {
	readonly study: ToyStudy;
	/** What is there already. */
	readonly shard: ToyShard;
	readonly toys: number;
}

/**
 * Makes toys of several studies of one model on the workers of a pool, and gives back all toys of each.
 *
 * @throws WorkerError; the reason of `signal`.
 */
export async function makeStudies(
	wanted: readonly WantedToys[],
	pool: ToyPool,
	{ signal, onProgress }: Pick<RunOptions, "signal" | "onProgress">,
	meter: ProgressMeter,
): Promise<ToyShard[]> {
	const collectors = wanted.map(({ study, shard }) => new ToyCollector(study, shard));
	// Every study has two ensembles, one after the other.
	const ranges = wanted.flatMap(({ study, shard, toys }, i) =>
		missingToys(study, shard, [toys, toys]).map((range) => ({ ...range, ensemble: 2 * i + range.ensemble })),
	);
	const ensembles = wanted.flatMap(({ study }) => study.ensembles);
	pool.changeJob({ model: wanted[0]!.study.model, ensembles });
	await pool.run(ranges, {
		onPiece: (piece) => {
			collectors[Math.floor(piece.ensemble / 2)]!.add({ ...piece, ensemble: piece.ensemble % 2 });
			const progress = meter.add(piece.statuses);
			onProgress?.(progress);
		},
		...(signal === undefined ? {} : { signal }),
	});
	return collectors.map((collector) => collector.shard());
}
