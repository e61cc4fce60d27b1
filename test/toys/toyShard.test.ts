import { describe, expect, test } from "vitest";
import type { ToyPiece } from "../../ts/toys/ensemble.js";
import {
	emptyShard,
	mergeShards,
	missingToys,
	shardDigest,
	ToyCollector,
	type ToyShard,
} from "../../ts/toys/toyShard.js";
import type { ToyStudy } from "../../ts/toys/toyStudy.js";
import { refusal } from "../refusal.js";
import { random } from "../twin/random.js";

/** As much of a study as shards look at. */
const study = { digest: "aa", ensembles: [{}, {}], toys: [100, 100] } as unknown as ToyStudy;

/** Toys whose numbers tell which they are. */
function piece(ensemble: number, first: number, count: number): ToyPiece {
	const toys = Array.from({ length: count }, (_, i) => first + i);
	return {
		ensemble,
		first,
		count,
		statistics: Float64Array.from(toys, (toy) => toy + ensemble / 2),
		statuses: Uint8Array.from(toys, (toy) => (toy % 10 === 0 ? 2 : 0)),
		lnWeights: new Float64Array(count),
	};
}

function shardOf(...pieces: ToyPiece[]): ToyShard {
	const collector = new ToyCollector(study);
	for (const item of pieces) collector.add(item);
	return collector.shard();
}

const whole = shardOf(piece(0, 0, 100), piece(1, 0, 100));

describe("toys that come in pieces", () => {
	test("are the same in any order and of any size", () => {
		const { integer, shuffled } = random(4);
		for (let round = 0; round < 20; round++) {
			const pieces: ToyPiece[] = [];
			for (const ensemble of [0, 1]) {
				for (let first = 0; first < 100; ) {
					const count = Math.min(100 - first, integer(1, 30));
					pieces.push(piece(ensemble, first, count));
					first += count;
				}
			}
			expect(shardOf(...shuffled(pieces))).toEqual(whole);
			// As shards of one piece each, merged two by two in any order.
			const shards = shuffled(pieces).map((item) => shardOf(item));
			while (shards.length > 1) {
				const at = integer(0, shards.length - 2);
				shards.splice(at, 2, mergeShards([shards[at + 1]!, shards[at]!]));
			}
			expect(shards[0]).toEqual(whole);
			expect(shardDigest(shards[0]!)).toBe(shardDigest(whole));
		}
	});

	test("show what is missing", () => {
		const shard = shardOf(piece(0, 10, 20), piece(0, 30, 5), piece(1, 0, 100));
		expect(missingToys(study, shard)).toEqual([
			{ ensemble: 0, first: 0, count: 10 },
			{ ensemble: 0, first: 35, count: 65 },
		]);
		expect(missingToys(study, shard, [32, 50])).toEqual([{ ensemble: 0, first: 0, count: 10 }]);
		expect(missingToys(study, shard, [5, 50])).toEqual([{ ensemble: 0, first: 0, count: 5 }]);
		expect(missingToys(study, emptyShard(study)).map(({ count }) => count)).toEqual([100, 100]);
		expect(missingToys(study, whole)).toEqual([]);
	});

	test("have a digest that any bit changes, and no other NaN", () => {
		const digest = shardDigest(shardOf(piece(0, 0, 3)));
		expect(digest).toMatch(/^[0-9a-f]{64}$/);
		const changed = piece(0, 0, 3);
		changed.statistics[2] = 2 + 2 ** -51;
		expect(shardDigest(shardOf(changed))).not.toBe(digest);
		const failed = piece(0, 0, 3);
		new BigUint64Array(failed.statistics.buffer)[0] = 0xfff8000000000001n;
		const plain = piece(0, 0, 3);
		plain.statistics[0] = Number.NaN;
		expect(shardDigest(shardOf(failed))).toBe(shardDigest(shardOf(plain)));
	});
});

describe("toys that do not belong together", () => {
	const other = { ...study, digest: "bb" } as ToyStudy;

	test.each<[string, () => unknown, string]>([
		["twice", () => shardOf(piece(0, 0, 10), piece(0, 9, 2)), "overlapping-toys"],
		["in two shards", () => mergeShards([whole, shardOf(piece(1, 99, 1))]), "overlapping-toys"],
		["of another study", () => mergeShards([whole, emptyShard(other)]), "other-study"],
		["going on with another study's", () => new ToyCollector(other, whole), "other-study"],
		["beyond the study", () => shardOf(piece(0, 95, 6)), "bad-piece"],
		["of no hypothesis", () => shardOf(piece(2, 0, 1)), "bad-piece"],
		["without a status", () => shardOf({ ...piece(0, 0, 2), statuses: new Uint8Array(1) }), "bad-piece"],
		["none at all", () => mergeShards([]), "no-shards"],
	])("%s", (_, call, code) => {
		expect(refusal(call)).toMatch(new RegExp(`^ToyError ${code} \\| `));
	});

	test("the message says which toy and what to do", () => {
		expect(refusal(() => mergeShards([whole, shardOf(piece(1, 99, 1))]))).toBe(
			"ToyError overlapping-toys | toy 99 of hypothesis 1 is there twice; leave one of the two out, for toys count once",
		);
	});
});
