import os from "node:os";
import { describe, expect, test } from "vitest";
import { ToyPool } from "../../ts/pool/toyPool.js";
import type { ToyPiece } from "../../ts/toys/ensemble.js";
import { toysModule } from "../../ts/toys/toyCore.js";
import { ToyRunner } from "../../ts/toys/toyRunner.js";
import { Collected, smallJob } from "./smallJob.js";
import { atToy500, beforeToys, SLOW, TRAP, watchWorkers } from "./watchedWorkers.js";

const COUNTS = [2000, 1000];
const RANGES = COUNTS.map((count, ensemble) => ({ ensemble, first: 0, count }));

/** What a run makes of all toys, in as many workers as asked; `onPiece` is told of each piece first. */
async function collect(workers: number, onPiece: (piece: ToyPiece) => void = () => {}): Promise<Collected> {
	const collected = new Collected(COUNTS);
	const pool = new ToyPool(smallJob(), { workers });
	try {
		await pool.run(RANGES, {
			onPiece(piece) {
				onPiece(piece);
				collected.add(piece);
			},
		});
	} finally {
		pool.close();
	}
	return collected;
}

/** All numbers bit by bit, which makes NaN equal to itself and 0 different from −0. */
const bitsOf = ({ statistics, statuses, lnWeights }: Collected) => ({
	statistics: statistics.map(({ buffer }) => new BigUint64Array(buffer)),
	lnWeights: lnWeights.map(({ buffer }) => new BigUint64Array(buffer)),
	statuses,
});

/** The same toys by one runner in one go. */
async function twin(): Promise<Collected> {
	const collected = new Collected(COUNTS);
	const runner = await ToyRunner.create(await toysModule(), smallJob());
	for (const range of RANGES) collected.add(runner.run(range));
	return collected;
}

const expected = await twin();

describe("a pool makes every toy once, the same to the last bit", () => {
	test.each([0, 1, 2, 5])("with %i workers", async (workers) => {
		const watched = watchWorkers();
		const collected = await collect(workers);
		expect(watched.started.length).toBe(workers);
		expect(collected.times).toEqual(COUNTS.map((count) => new Uint8Array(count).fill(1)));
		expect(collected.pieces.length).toBeGreaterThan(5);
		expect(bitsOf(collected)).toEqual(bitsOf(expected));
		await watched.ended();
	});

	test("in ranges of any size and order, run after run by the same workers", async () => {
		const watched = watchWorkers();
		const collected = new Collected(COUNTS);
		const pool = new ToyPool(smallJob(), { workers: 2 });
		const { add: onPiece } = collected;
		await pool.run([{ ensemble: 1, first: 990, count: 10 }], { onPiece });
		await pool.run([], { onPiece });
		await pool.run(
			[
				{ ensemble: 0, first: 1999, count: 1 },
				{ ensemble: 1, first: 0, count: 990 },
				{ ensemble: 0, first: 5, count: 0 },
				{ ensemble: 0, first: 0, count: 1999 },
			],
			{ onPiece },
		);
		pool.close();
		expect(watched.started.length).toBe(2);
		expect(collected.times).toEqual(COUNTS.map((count) => new Uint8Array(count).fill(1)));
		expect(bitsOf(collected)).toEqual(bitsOf(expected));
	});

	test("of one job after the other by the same workers", async () => {
		const watched = watchWorkers();
		const job = smallJob();
		const swapped = { ...job, ensembles: [...job.ensembles].reverse() };
		const collected = [new Collected(COUNTS), new Collected(COUNTS)] as const;
		const pool = new ToyPool(job, { workers: 2 });
		await pool.run(RANGES, { onPiece: collected[0].add });
		pool.changeJob(swapped);
		await pool.run([{ ensemble: 1, first: 0, count: 1000 }], { onPiece: collected[1].add });
		pool.close();
		expect(watched.started.length).toBe(2);
		expect(bitsOf(collected[0])).toEqual(bitsOf(expected));
		expect(collected[1].statistics[1]).toEqual(expected.statistics[0]!.subarray(0, 1000));
	});

	test.each([
		[1, 1],
		[500, 3],
	])("where nobody says how many workers, by as many as there is work for: %i toys", async (count, workers) => {
		const { availableParallelism } = os;
		os.availableParallelism = () => 3;
		const watched = watchWorkers(() => beforeToys(SLOW));
		const pool = new ToyPool(smallJob());
		os.availableParallelism = availableParallelism;
		expect(pool.workers).toBe(3);
		const collected = new Collected(COUNTS);
		await pool.run([{ ensemble: 0, first: 0, count }], { onPiece: collected.add });
		expect(watched.started.length).toBe(workers);
		expect(collected.statistics[0]!.subarray(0, count)).toEqual(expected.statistics[0]!.subarray(0, count));
		pool.close();
	});

	test("and hands over pieces whose numbers belong to nobody else", async () => {
		const { pieces } = await collect(1);
		for (const { count, statistics, statuses, lnWeights } of pieces) {
			expect([statistics, statuses, lnWeights].map(({ buffer }) => buffer.byteLength)).toEqual([
				8 * count,
				count,
				8 * count,
			]);
		}
	});
});

describe("a worker that dies is replaced, and nothing changes", () => {
	test("killed half-way", async () => {
		const watched = watchWorkers();
		let pieces = 0;
		const collected = await collect(2, () => {
			if (++pieces === 4) for (const worker of watched.started) void worker.terminate();
		});
		expect(watched.started.length).toBe(4);
		expect(bitsOf(collected)).toEqual(bitsOf(expected));
	});

	test.each([
		["the core traps", TRAP],
		["it ends itself", "process.exit(3)"],
		["its memory runs out", "for (const all = []; ; ) all.push(new Array(1000).fill(0.5))"],
	])("where %s", async (_name, instead) => {
		const watched = watchWorkers((i) => (i === 0 ? atToy500(instead) : ""));
		const collected = await collect(1);
		expect(watched.started.length).toBe(2);
		expect(collected.times).toEqual(COUNTS.map((count) => new Uint8Array(count).fill(1)));
		expect(bitsOf(collected)).toEqual(bitsOf(expected));
	});
});
