import { expect, test } from "vitest";
import { compare, worst } from "../../scripts/bench/compare.mjs";

const task = {
	values: [
		{ key: "twiceNll", title: "−2 ln L", tolerance: 1e-4, measure: "absolute" },
		{ key: "expected", title: "limit", tolerance: 1e-3, measure: "relative" },
	],
} as const;

test("values agree within their tolerance, each number of a band for itself", () => {
	const ours = { twiceNll: 100, expected: [1, 2, 4, 8, null] };
	const theirs = { twiceNll: 100.00005, expected: [1, 2.001, 4.01, null, null] };
	const differences = compare(task, ours, theirs);
	expect(differences.map(({ title, agrees }) => [title, agrees])).toEqual([
		["−2 ln L", true],
		["limit −2σ", true],
		["limit −1σ", true],
		["limit median", false],
		["limit +1σ", false],
		["limit +2σ", true],
	]);
	expect(differences[0]!.difference).toBeCloseTo(5e-5, 12);
	expect(differences[3]!.difference).toBeCloseTo(2.5e-3, 12);
	expect(differences[4]!.difference).toBeNull();
});

test("a relative difference keeps its sign where our value is negative", () => {
	const [difference] = compare({ values: [{ ...task.values[1], key: "mu" }] }, { mu: -2 }, { mu: -2.5 });
	expect(difference!.difference).toBe(-0.25);
});

test("the worst difference is the largest in units of its tolerance", () => {
	const ours = { twiceNll: 100, expected: [1, 2, 4, 8, 16] };
	expect(worst(compare(task, ours, { twiceNll: 100.00009, expected: [1.0005, 2, 4, 8, 16] })).title).toBe("−2 ln L");
	expect(worst(compare(task, ours, { twiceNll: 100.00001, expected: [1.0005, 2, 4, 8, 16] })).title).toBe("limit −2σ");
	expect(worst(compare(task, ours, { twiceNll: 200, expected: [1, 2, 4, 8, null] })).title).toBe("limit +2σ");
	expect(worst(compare(task, ours, ours)).difference).toBe(0);
});
