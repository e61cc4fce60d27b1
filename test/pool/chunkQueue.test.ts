import { describe, expect, test } from "vitest";
import { type Chunk, ChunkQueue, type Speed } from "../../ts/pool/chunkQueue.js";

/** A queue of chunks of 300 ms. */
function queueOf(counts: readonly number[], workers: number, speeds = new Map<number, Speed>()): ChunkQueue {
	const ranges = counts.map((count, ensemble) => ({ ensemble, first: 100 * ensemble, count }));
	return new ChunkQueue(ranges, { workers, milliseconds: 300, speeds });
}

/** Sizes of the chunks that one worker after the other makes at so many toys in a millisecond. */
function sizes(queue: ChunkQueue, toysPerMillisecond: number): number[] {
	const sizes: number[] = [];
	for (let chunk = queue.next(); chunk !== undefined; chunk = queue.next()) {
		sizes.push(chunk.range.count);
		queue.timed(chunk, chunk.range.count / toysPerMillisecond);
	}
	return sizes;
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe("chunks", () => {
	test("begin with one toy, grow eightfold to what the time allows, and leave no remainder", () => {
		expect(sizes(queueOf([10_000], 1), 10)).toEqual([1, 8, 64, 512, 3000, 3000, 3000, 415]);
	});

	test("get smaller towards the end for several workers: a quarter of the rest for two, not below 10 ms", () => {
		expect(sizes(queueOf([1000], 2, new Map([[0, { toysPerMillisecond: 1, largest: 300 }]])), 1)).toEqual([
			250, 187, 140, 105, 79, 59, 45, 33, 25, 19, 14, 11, 10, 10, 10, 3,
		]);
	});

	test("have one toy where that takes longer than a chunk should", () => {
		expect(sizes(queueOf([4], 3), 1 / 5000)).toEqual([1, 1, 1, 1]);
	});

	test("do not become all that is left where the clock stood still", () => {
		expect(sizes(queueOf([1000], 1), Number.POSITIVE_INFINITY)).toEqual([1, 8, 64, 512, 415]);
	});

	test("know the speed of each ensemble, also from earlier queues", () => {
		const speeds = new Map<number, Speed>();
		expect(sizes(queueOf([10, 5], 1, speeds), 1)).toEqual([1, 8, 1, 1, 4]);
		expect(sizes(queueOf([10, 50], 1, speeds), 1)).toEqual([10, 32, 18]);
	});

	test("cover every range once, in order", () => {
		const queue = queueOf([77, 0, 33], 2);
		const made: string[] = [];
		for (let chunk = queue.next(); chunk !== undefined; chunk = queue.next()) {
			const { ensemble, first, count } = chunk.range;
			for (let toy = first; toy < first + count; toy++) made.push(`${ensemble}.${toy}`);
			queue.timed(chunk, 100);
		}
		const wanted = [77, 0, 33].flatMap((count, ensemble) =>
			Array.from({ length: count }, (_, i) => `${ensemble}.${100 * ensemble + i}`),
		);
		expect(made).toEqual(wanted);
	});

	test("that were not finished come again as they are, before all others, twice", () => {
		const queue = queueOf([100], 1);
		let chunk: Chunk = queue.next()!;
		for (const failures of [1, 2]) {
			queue.putBack(chunk, new Error("lost"));
			chunk = queue.next()!;
			expect(chunk).toEqual({ range: { ensemble: 0, first: 0, count: 1 }, failures });
		}
		expect(() => queue.putBack(chunk, new Error("lost"))).toThrow(
			"toy 0 of ensemble 0 could not be made in 3 attempts, each of which ended its worker (lost); please report this with its input",
		);
		expect(sum(sizes(queue, 1))).toBe(99);
	});
});
