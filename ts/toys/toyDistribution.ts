import { FIT_STATUSES } from "../inference/fitStatus.js";
import type { Ensemble, ToyPiece } from "./ensemble.js";
import { TailSample } from "./tailSample.js";
import { ToyError } from "./toyError.js";
import { checkStudy, type ToyShard } from "./toyShard.js";
import type { ToyStudy } from "./toyStudy.js";

/** How the fits of a toy ended: `"converged"`, or the code of the `FitError` that the first failure would be. */
export type ToyStatus = "converged" | "iteration-limit" | "stalled" | "outside-domain" | "edge-of-domain";

/** A toy of which a fit did not converge. It is in no p-value. */
export interface FailedToy {
	/** Its number; with the study it is all that is needed to make it again. */
	readonly toy: number;
	readonly status: Exclude<ToyStatus, "converged">;
}

/** The toys of one hypothesis. */
export interface ToyDistribution {
	/** Value of the parameter of interest; 0 where there is none. */
	readonly mu: number;
	/** Its values at the points where toys were generated: `mu` alone, or others after it (importance sampling). */
	readonly generatedAt: readonly number[];
	/** How many were made, those that failed included. */
	readonly toys: number;
	/** How many of them ended in which way. */
	readonly counts: Readonly<Record<ToyStatus, number>>;
	/** Statistics of the toys whose fits converged, in the order of their numbers. */
	readonly statistics: Float64Array<ArrayBuffer>;
	/** What each of these counts; `undefined` where all count 1, with one generating point. */
	readonly weights: Float64Array<ArrayBuffer> | undefined;
	/** The toys whose fits failed, in the order of their numbers. */
	readonly failures: readonly FailedToy[];
}

/** The toys of one hypothesis, and what they say of the tail of its statistic. */
export interface Sampled {
	readonly distribution: ToyDistribution;
	readonly sample: TailSample;
}

/**
 * What a shard holds of each hypothesis.
 *
 * @throws ToyError `other-study`, `bad-piece`; `no-toys` where a hypothesis has no toy with a statistic.
 */
export function samplesOf(study: ToyStudy, shard: ToyShard): readonly Sampled[] {
	checkStudy(study, shard);
	return study.ensembles.map((ensemble, i) => {
		const pieces = shard.pieces[i]!;
		const sample = new TailSample(pieces, ensemble.points.length);
		const distribution = distributionOf(ensemble, pieces, sample);
		if (sample.isUsable) return { distribution, sample };
		const which = study.poi === "" ? "the best fit" : `${study.poi} = ${distribution.mu}`;
		const message =
			distribution.counts.converged === distribution.toys
				? `${distribution.toys} toys of ${which} are there, too few to say anything; make more of every hypothesis`
				: `the fits of ${distribution.failures.length} of ${distribution.toys} toys of ${which} failed, and too few are left; see to the model's bounds and start values`;
		throw new ToyError("no-toys", message);
	});
}

function distributionOf(ensemble: Ensemble, pieces: readonly ToyPiece[], sample: TailSample): ToyDistribution {
	const failures: FailedToy[] = [];
	const counts = Object.fromEntries(FIT_STATUSES.map((status) => [status, 0])) as Record<ToyStatus, number>;
	for (const { first, statuses } of pieces) {
		for (let i = 0; i < statuses.length; i++) {
			const status = FIT_STATUSES[statuses[i]!] ?? "stalled";
			counts[status]++;
			if (status !== "converged") failures.push(Object.freeze({ toy: first + i, status }));
		}
	}
	const { statistic, points } = ensemble;
	const generatedAt = points.map((point) => (statistic.kind === "deviance" ? 0 : point[statistic.poi]!));
	return Object.freeze({
		mu: generatedAt[0]!,
		generatedAt: Object.freeze(generatedAt),
		toys: pieces.reduce((sum, { count }) => sum + count, 0),
		counts: Object.freeze(counts),
		statistics: sample.statistics,
		weights: sample.weights,
		failures: Object.freeze(failures),
	});
}
