import { ToyPool } from "../pool/toyPool.js";
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
 * Makes toys of several studies of one model on the same workers, and gives back all toys of each.
 *
 * @throws The reason of `signal`; OptionError `bad-workers`.
 */
export async function makeStudies(
	wanted: readonly WantedToys[],
	{ workers, signal, onProgress }: RunOptions,
	meter: ProgressMeter,
): Promise<ToyShard[]> {
	const collectors = wanted.map(({ study, shard }) => new ToyCollector(study, shard));
	// Every study has two ensembles, one after the other.
	const ranges = wanted.flatMap(({ study, shard, toys }, i) =>
		missingToys(study, shard, [toys, toys]).map((range) => ({ ...range, ensemble: 2 * i + range.ensemble })),
	);
	const ensembles = wanted.flatMap(({ study }) => study.ensembles);
	const model = wanted[0]!.study.model;
	const pool = new ToyPool({ model, ensembles }, workers === undefined ? {} : { workers });
	try {
		await pool.run(ranges, {
			onPiece: (piece) => {
				collectors[Math.floor(piece.ensemble / 2)]!.add({ ...piece, ensemble: piece.ensemble % 2 });
				const progress = meter.add(piece.statuses);
				onProgress?.(progress);
			},
			...(signal === undefined ? {} : { signal }),
		});
	} finally {
		pool.close();
	}
	return collectors.map((collector) => collector.shard());
}
