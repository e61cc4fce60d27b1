import { FIT_STATUSES } from "../inference/fitStatus.js";
import type { Ensemble } from "./ensemble.js";
import { ToyError } from "./toyError.js";
import { checkStudy, type ToyShard } from "./toyShard.js";
import type { ToyStudy } from "./toyStudy.js";

/** How the fits of a toy ended: `"converged"`, or the code of the `FitError` that the first failure would be. */
export type ToyStatus = (typeof FIT_STATUSES)[number];

/** A toy of which a fit did not converge. It is in no p-value. */
export interface FailedToy {
	/** Its number; with the study it is all that is needed to make it again. */
	readonly toy: number;
	readonly status: Exclude<ToyStatus, "converged">;
}

/** The toys of one hypothesis. */
export interface ToyDistribution {
	/** Value of the parameter of interest at which they were generated; 0 where there is none. */
	readonly mu: number;
	/** How many were made, those that failed included. */
	readonly toys: number;
	/** How many of them ended in which way. */
	readonly counts: Readonly<Record<ToyStatus, number>>;
	/** Statistics of the toys whose fits converged, in the order of their numbers. */
	readonly statistics: Float64Array<ArrayBuffer>;
	/** The others, in the order of their numbers. */
	readonly failures: readonly FailedToy[];
}

/**
 * The distributions of a shard, one for each hypothesis.
 *
 * @throws ToyError `other-study`, `bad-piece`; `no-toys` where a hypothesis has no toy with a statistic.
 */
export function distributionsOf(study: ToyStudy, shard: ToyShard): ToyDistribution[] {
	checkStudy(study, shard);
	return study.ensembles.map((ensemble, i) => {
		const distribution = distributionOf(ensemble, shard.pieces[i]!);
		if (distribution.statistics.length > 0) return distribution;
		const which = study.poi === "" ? "the best fit" : `${study.poi} = ${distribution.mu}`;
		const message =
			distribution.toys === 0
				? `no toy of ${which} has been made; make some of every hypothesis`
				: `the fits of all ${distribution.toys} toys of ${which} failed; see to the model's bounds and start values`;
		throw new ToyError("no-toys", message);
	});
}

function distributionOf(ensemble: Ensemble, pieces: ToyShard["pieces"][number]): ToyDistribution {
	const toys = pieces.reduce((sum, { count }) => sum + count, 0);
	const statistics = new Float64Array(toys);
	const failures: FailedToy[] = [];
	const counts = Object.fromEntries(FIT_STATUSES.map((status) => [status, 0])) as Record<ToyStatus, number>;
	let converged = 0;
	for (const { first, count, statistics: ofPiece, statuses } of pieces) {
		for (let i = 0; i < count; i++) {
			const status = FIT_STATUSES[statuses[i]!] ?? "stalled";
			counts[status]++;
			if (status === "converged") statistics[converged++] = ofPiece[i]!;
			else failures.push(Object.freeze({ toy: first + i, status }));
		}
	}
	const { statistic, points } = ensemble;
	return Object.freeze({
		mu: statistic.kind === "deviance" ? 0 : points[0]![statistic.poi]!,
		toys,
		counts: Object.freeze(counts),
		statistics: statistics.slice(0, converged),
		failures: Object.freeze(failures),
	});
}
