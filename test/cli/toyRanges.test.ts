import { describe, expect, test } from "vitest";
import { parseUntil } from "../../ts/cli/toyOptions.js";
import { intersect, parseInterval, parseShard, rangesOfInterval, rangesOfShard } from "../../ts/cli/toyRanges.js";
import type { ToyStudy } from "../../ts/toys/toyStudy.js";

const studyOf = (...toys: number[]) => ({ toys }) as unknown as ToyStudy;

describe("parts of a study", () => {
	test("are counted from 0", () => {
		expect(parseShard("3/100")).toEqual({ index: 3, shards: 100 });
		expect(parseInterval("0:500")).toEqual({ first: 0, end: 500 });
	});

	test.each([
		[() => parseShard("100/100"), "Shards are counted from 0: the first is 0/100, the last 99/100."],
		[() => parseShard("0/0"), "There must be at least one shard."],
		[() => parseShard("3"), "It must have the form 3/100."],
		[() => parseShard("-1/3"), "It must have the form 3/100."],
		[() => parseShard("1/3/5"), "It must have the form 3/100."],
		[() => parseShard("$(Process)/3"), "It must have the form 3/100."],
		[() => parseInterval("5"), "It must have the form first:end, like 0:500."],
		[() => parseInterval("5:5"), "It must go up, like 0:500 for toys 0 to 499."],
		[() => parseInterval("1e3:2e3"), "It must have the form first:end, like 0:500."],
	])("%s: %s", (parse, message) => {
		expect(parse).toThrow(message);
	});

	test("are equal to a toy, and every toy is in one of them", () => {
		for (const toys of [1, 7, 100, 999_999_937]) {
			for (const shards of [1, 2, 3, 7, 100]) {
				let next = 0;
				for (let index = 0; index < shards; index++) {
					for (const { ensemble, first, count } of rangesOfShard(studyOf(toys), { index, shards })) {
						expect([ensemble, first]).toEqual([0, next]);
						expect(Math.abs(count - toys / shards)).toBeLessThan(1);
						next += count;
					}
				}
				expect(next).toBe(toys);
			}
		}
	});

	test("have toys of every hypothesis", () => {
		expect(rangesOfShard(studyOf(10, 3), { index: 1, shards: 2 })).toEqual([
			{ ensemble: 0, first: 5, count: 5 },
			{ ensemble: 1, first: 1, count: 2 },
		]);
		expect(rangesOfInterval(studyOf(10, 3), { first: 2, end: 5 })).toEqual([
			{ ensemble: 0, first: 2, count: 3 },
			{ ensemble: 1, first: 2, count: 1 },
		]);
		expect(rangesOfInterval(studyOf(10, 3), { first: 4, end: 99 })).toEqual([{ ensemble: 0, first: 4, count: 6 }]);
	});

	test("have those in common that lie in both", () => {
		const range = (ensemble: number, first: number, end: number) => ({ ensemble, first, count: end - first });
		const gaps = [range(0, 0, 3), range(0, 5, 9), range(1, 0, 2)];
		expect(intersect([range(0, 2, 7), range(1, 2, 9)], gaps)).toEqual([range(0, 2, 3), range(0, 5, 7)]);
	});
});

describe("a condition to stop", () => {
	test("is an accuracy or a distance from a level", () => {
		expect(parseUntil("accuracy=0.005")).toEqual({ accuracy: 0.005 });
		expect(parseUntil("sigmas=3")).toEqual({ sigmas: 3, level: 0.05 });
		expect(parseUntil("level=0.1, sigmas=5")).toEqual({ sigmas: 5, level: 0.1 });
	});

	test.each(["", "0.1", "accuracy", "accuracy=0.1,sigmas=3", "accuracy=0.1,level=0.1", "level=0.1", "error=1"])(
		"%j is none",
		(text) => {
			expect(() => parseUntil(text)).toThrow(
				"It must have the form accuracy=0.005, or sigmas=3 or sigmas=3,level=0.1.",
			);
		},
	);

	test("takes numbers of its range only", () => {
		expect(() => parseUntil("accuracy=0")).toThrow("It must be greater than 0.");
		expect(() => parseUntil("sigmas=3,level=1")).toThrow("It must lie between 0 and 1");
	});
});
