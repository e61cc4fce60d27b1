import { Digest } from "./digest.js";
import type { ToyPiece, ToyRange } from "./ensemble.js";
import { ToyError } from "./toyError.js";
import type { ToyStudy } from "./toyStudy.js";

/** Toys of a study that have been made. */
export interface ToyShard {
	/** Digest of the study. */
	readonly study: string;
	/** For each hypothesis its toys: pieces in ascending order, none adjacent to the next. */
	readonly pieces: readonly (readonly ToyPiece[])[];
}

/** A shard without toys. */
export function emptyShard(study: ToyStudy): ToyShard {
	return Object.freeze({ study: study.digest, pieces: Object.freeze(study.ensembles.map(() => Object.freeze([]))) });
}

/**
 * All toys of several shards of one study. The order of the shards does not matter, nor how they are merged first.
 *
 * @throws ToyError `no-shards`, `other-study`, `overlapping-toys`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { makeToys, mergeShards, planToyTest, shardDigest } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const study = planToyTest(1, workspace.data(model), model, { toys: 200 });
 * const half = (first: number) => [0, 1].map((ensemble) => ({ ensemble, first, count: 100 }));
 * const left = await makeToys(study, { ranges: half(0), workers: 0 });
 * const right = await makeToys(study, { ranges: half(100), workers: 0 });
 * const whole = await makeToys(study, { workers: 0 });
 * assert.equal(shardDigest(mergeShards([right, left])), shardDigest(whole));
 * ```
 */
export function mergeShards(shards: readonly ToyShard[]): ToyShard {
	const [first] = shards;
	if (first === undefined) throw new ToyError("no-shards", "give at least one shard to merge", "shards");
	for (const [i, { study, pieces }] of shards.entries()) {
		if (study === first.study && pieces.length === first.pieces.length) continue;
		const message = `these toys are of study ${study}, the first ones of ${first.study}; merge shards of one study`;
		throw new ToyError("other-study", message, `shards[${i}]`);
	}
	const pieces = first.pieces.map((_, ensemble) => join(shards.flatMap((shard) => shard.pieces[ensemble]!)));
	return Object.freeze({ study: first.study, pieces: Object.freeze(pieces) });
}

/** Gathers pieces as they come in, in any order. */
export class ToyCollector {
	readonly #study: ToyStudy;
	readonly #pieces: ToyPiece[][];

	/**
	 * @param shard - Toys that are there already.
	 * @throws ToyError `other-study`, `overlapping-toys`, `bad-piece`.
	 */
	constructor(study: ToyStudy, shard: ToyShard = emptyShard(study)) {
		checkStudy(study, shard);
		this.#study = study;
		this.#pieces = shard.pieces.map((pieces) => [...pieces]);
	}

	/** @throws ToyError `bad-piece` for toys that the study does not have. */
	add(piece: ToyPiece): void {
		checkPiece(piece, this.#study);
		this.#pieces[piece.ensemble]!.push(piece);
	}

	/**
	 * What has come in so far.
	 *
	 * @throws ToyError `overlapping-toys`.
	 */
	shard(): ToyShard {
		return Object.freeze({ study: this.#study.digest, pieces: Object.freeze(this.#pieces.map(join)) });
	}
}

/**
 * Refuses a shard that is not of the study.
 *
 * @throws ToyError `other-study`, `bad-piece`.
 */
export function checkStudy(study: ToyStudy, shard: ToyShard): void {
	if (shard.study !== study.digest || shard.pieces.length !== study.ensembles.length) {
		const message = `these toys are of study ${shard.study}, not of ${study.digest}; give the study that they were made for`;
		throw new ToyError("other-study", message, "shard");
	}
	for (const piece of shard.pieces.flat()) checkPiece(piece, study);
}

/**
 * Which toys of a study a shard lacks, in order.
 *
 * @param toys - How many toys of each hypothesis are wanted; all of the study's by default.
 */
export function missingToys(study: ToyStudy, shard: ToyShard, toys: readonly number[] = study.toys): ToyRange[] {
	return toys.flatMap((wanted, ensemble) => {
		const gaps: ToyRange[] = [];
		let next = 0;
		for (const { first, count } of shard.pieces[ensemble]!) {
			const end = Math.min(first, wanted);
			if (end > next) gaps.push({ ensemble, first: next, count: end - next });
			next = first + count;
		}
		if (next < wanted) gaps.push({ ensemble, first: next, count: wanted - next });
		return gaps;
	});
}

/** The toys of a shard whose numbers are below a limit, one for each hypothesis. */
export function firstToys(shard: ToyShard, limits: readonly number[]): ToyShard {
	const pieces = shard.pieces.map((list, ensemble) =>
		Object.freeze(
			list.flatMap((piece) => {
				const count = Math.min(piece.count, limits[ensemble]! - piece.first);
				if (count === piece.count) return [piece];
				if (count <= 0) return [];
				const [statistics, statuses] = [piece.statistics.slice(0, count), piece.statuses.slice(0, count)];
				return [Object.freeze({ ...piece, count, statistics, statuses, lnWeights: piece.lnWeights.slice(0, count) })];
			}),
		),
	);
	return Object.freeze({ study: shard.study, pieces: Object.freeze(pieces) });
}

/**
 * SHA-256 over what the toys of a shard gave: for each hypothesis its statistics (doubles, lowest byte first), then how
 * fits ended (a byte each), then ln of the weights where toys have any, all in the order of the toys. Two studies that gave the same to the
 * last bit have the same digest, however they were split.
 */
export function shardDigest(shard: ToyShard): string {
	const digest = new Digest();
	for (const pieces of shard.pieces) {
		for (const { statistics } of pieces) digest.numbers(statistics);
		for (const { statuses } of pieces) digest.bytes(statuses);
		// Plain toys have none.
		const weighted = pieces.some(({ lnWeights }) => lnWeights.some((lnWeight) => lnWeight !== 0));
		if (weighted) for (const { lnWeights } of pieces) digest.numbers(lnWeights);
	}
	return digest.hex();
}

/** Pieces of one hypothesis in order, adjacent ones as one. */
function join(pieces: readonly ToyPiece[]): readonly ToyPiece[] {
	const sorted = [...pieces].sort((a, b) => a.first - b.first);
	const runs: ToyPiece[][] = [];
	let end = Number.NaN;
	for (const piece of sorted) {
		if (piece.first < end) {
			throw new ToyError(
				"overlapping-toys",
				`toy ${piece.first} of hypothesis ${piece.ensemble} is there twice; leave one of the two out, for toys count once`,
			);
		}
		if (piece.first === end) runs.at(-1)!.push(piece);
		else runs.push([piece]);
		end = piece.first + piece.count;
	}
	return Object.freeze(runs.map(concatenate));
}

function concatenate(run: readonly ToyPiece[]): ToyPiece {
	if (run.length === 1) return run[0]!;
	const { ensemble, first } = run[0]!;
	const count = run.reduce((sum, piece) => sum + piece.count, 0);
	const statistics = new Float64Array(count);
	const statuses = new Uint8Array(count);
	const lnWeights = new Float64Array(count);
	for (const piece of run) {
		const at = piece.first - first;
		statistics.set(piece.statistics, at);
		statuses.set(piece.statuses, at);
		lnWeights.set(piece.lnWeights, at);
	}
	return Object.freeze({ ensemble, first, count, statistics, statuses, lnWeights });
}

function checkPiece(piece: ToyPiece, study: ToyStudy): void {
	const { ensemble, first, count, statistics, statuses, lnWeights } = piece;
	const toys = study.toys[ensemble];
	const inRange = Number.isInteger(first) && Number.isInteger(count) && first >= 0 && count > 0;
	if (toys === undefined || !inRange || first + count > toys) {
		const which = `toys ${first} to ${first + count - 1} of hypothesis ${ensemble}`;
		throw new ToyError("bad-piece", `the study has no ${which}: it has ${study.toys.join(" and ")}`);
	}
	if (statistics.length !== count || statuses.length !== count || lnWeights.length !== count) {
		throw new ToyError("bad-piece", `expected ${count} statistics, statuses and weights, one for each toy`);
	}
}
