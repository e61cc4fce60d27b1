import * as v from "valibot";
import { once } from "../../spec/once.js";
import { VERSION } from "../../version.js";
import { Digest } from "../digest.js";
import type { ToyPiece } from "../ensemble.js";
import type { ToyShard } from "../toyShard.js";
import { decodeBytes, decodeDoubles, encodeBytes, encodeDoubles } from "./base64.js";
import { damaged, decoded, digestText, readEnvelope, SHARD_FILE, wholeNumber, writeEnvelope } from "./envelope.js";
import { ToyFileError } from "./toyFileError.js";

/** Toys that a file holds: with weights they take 460 million characters, and a text in Node has 537 million at most. */
const MOST_TOYS = 20_000_000;

/**
 * Refuses more toys than a file holds.
 *
 * @throws ToyFileError `too-many-toys`.
 */
export function checkFileSize(toys: number): void {
	if (toys <= MOST_TOYS) return;
	const message = `a file holds at most ${MOST_TOYS} toys, and these are ${toys}; divide the study into more shards`;
	throw new ToyFileError("too-many-toys", message);
}

/**
 * The toys of a shard as text, JSON with arrays in base64, with a checksum: 12 bytes a toy, 23 with weights.
 *
 * @throws ToyFileError `too-many-toys`, from 20 million on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { makeToys, planToyTest, readToyShard, writeToyShard } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const study = planToyTest(1, workspace.data(model), model, { toys: 200 });
 * const shard = await makeToys(study, { workers: 0 });
 * assert.deepEqual(readToyShard(writeToyShard(shard)), shard);
 * ```
 */
export function writeToyShard(shard: ToyShard): string {
	checkFileSize(shard.pieces.flat().reduce((sum, { count }) => sum + count, 0));
	return writeEnvelope(SHARD_FILE, {
		study: shard.study,
		pieces: shard.pieces.map((pieces) => pieces.map(encodePiece)),
		checksum: checksum(shard),
	});
}

/**
 * The shard that {@link writeToyShard} wrote. Whether it is of a study is for {@link mergeShards} and `checkStudy` to say.
 *
 * @throws ToyFileError `not-a-shard`, `damaged`, `other-format`, `other-version`.
 */
export function readToyShard(text: string): ToyShard {
	const { study, pieces: encoded, checksum: expected } = readEnvelope(SHARD_FILE, shardContents(), text);
	const pieces = encoded.map((list, ensemble) =>
		Object.freeze(
			list.map(({ lnWeights, ...piece }) =>
				Object.freeze({ ensemble, ...piece, lnWeights: lnWeights ?? new Float64Array(piece.count) }),
			),
		),
	);
	const shard = Object.freeze({ study, pieces: Object.freeze(pieces) });
	if (checksum(shard) !== expected) throw damaged(SHARD_FILE, "its contents do not have its checksum");
	return shard;
}

function encodePiece({ first, count, statistics, statuses, lnWeights }: ToyPiece) {
	return {
		first,
		count,
		statistics: encodeDoubles(statistics),
		statuses: encodeBytes(statuses),
		// Of plain toys all are 0.
		...(lnWeights.every((weight) => weight === 0) ? {} : { lnWeights: encodeDoubles(lnWeights) }),
	};
}

const shardContents = once(() => {
	const doubles = decoded(decodeDoubles);
	const piece = v.pipe(
		v.strictObject({
			first: wholeNumber,
			count: wholeNumber,
			statistics: doubles,
			statuses: decoded(decodeBytes),
			lnWeights: v.exactOptional(doubles),
		}),
		v.check(({ count, statistics, statuses, lnWeights = statistics }) =>
			[statistics, statuses, lnWeights].every(({ length }) => length === count),
		),
	);
	return v.strictObject({ study: digestText, pieces: v.array(v.array(piece)), checksum: digestText });
});

/** SHA-256 over all that the file says. */
function checksum({ study, pieces }: ToyShard): string {
	const digest = new Digest().word(VERSION).word(study).numbers([pieces.length]);
	for (const list of pieces) {
		digest.numbers([list.length]);
		for (const { first, count, statistics, statuses, lnWeights } of list) {
			digest.numbers([first, count]).numbers(statistics).bytes(statuses).numbers(lnWeights);
		}
	}
	return digest.hex();
}
