import { expect, test } from "vitest";
import { type Answer, measure, median } from "../../scripts/bench/measure.mjs";

/** A worker whose first call and whose later calls take a given time each, and who notes the batches it is asked for. */
function worker(name: string, diary: string[], first: number, later: number, answers = Number.POSITIVE_INFINITY) {
	let asked = 0;
	return {
		ask: async ({ calls }: { readonly calls: number }): Promise<Answer> => {
			diary.push(`${name} ${calls}`);
			asked += 1;
			if (asked > answers) return { error: "out of breath" };
			return { seconds: asked === 1 ? first : later * calls, values: { asked } };
		},
	};
}

test("the first call is timed alone, then warm batches take turns", async () => {
	const diary: string[] = [];
	const workers = [worker("quick", diary, 0.5, 0.01), worker("slow", diary, 2, 1)];
	const [quick, slow] = await measure(workers, { task: "fit" }, 20);
	const warmUp = ["quick 1", "quick 10", "quick 24", "quick 24", "quick 24", "quick 24", "slow 1"];
	expect(diary.slice(0, 9)).toEqual(["quick 1", "slow 1", ...warmUp]);
	expect(diary.slice(9)).toEqual(Array.from({ length: 5 }, () => ["quick 24", "slow 1"]).flat());
	expect(quick).toMatchObject({ first: 0.5, values: { asked: 1 } });
	expect(quick!.median).toBeCloseTo(0.01, 12);
	expect(slow).toEqual({ first: 2, values: { asked: 1 }, samples: [1, 1, 1, 1, 1], median: 1 });
});

test("what is slow runs once", async () => {
	const diary: string[] = [];
	const told: unknown[] = [];
	const [result] = await measure([worker("slow", diary, 74, 74)], { task: "limits" }, 100, (i, { first }) =>
		told.push([i, first]),
	);
	expect(diary).toEqual(["slow 1"]);
	expect(result).toEqual({ first: 74, values: { asked: 1 }, samples: [74], median: 74 });
	expect(told).toEqual([[0, 74]]);
});

test("where the first call compiles, the second says how fast a worker is", async () => {
	const diary: string[] = [];
	const quick = { ...worker("quick", diary, 30, 0.5), compiles: true };
	const slow = { ...worker("slow", diary, 30, 9), compiles: true };
	const late = { ...worker("late", diary, 30, 9, 1), compiles: true };
	const results = await measure([quick, slow, late], { task: "fit" }, 20);
	expect(results[0]).toMatchObject({ first: 30, samples: [0.5, 0.5, 0.5, 0.5, 0.5], median: 0.5 });
	expect(results[1]).toMatchObject({ first: 30, samples: [9], median: 9 });
	expect(results[2]).toEqual({ error: "after a first call that succeeded: out of breath" });
});

test("a worker that fails, is late or gives up half-way does not stop the others", async () => {
	const diary: string[] = [];
	const workers = [
		{ ask: async () => ({ error: "no minimum" }) },
		{ ask: async () => ({ exceeded: 20 }) },
		worker("breathless", diary, 0.5, 0.5, 4),
		worker("sound", diary, 0.5, 0.5),
	];
	const results = await measure(workers, { task: "fit" }, 20);
	expect(results.slice(0, 3)).toEqual([
		{ error: "no minimum" },
		{ exceeded: 20 },
		{ error: "after a first call that succeeded: out of breath" },
	]);
	expect(results[3]!.samples).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
});

test("the median of an even number lies between the middle two", () => {
	expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
