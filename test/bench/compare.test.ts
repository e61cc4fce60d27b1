import { expect, test } from "vitest";
import { agreementOn, compare } from "../../scripts/bench/compare.mjs";

const task = {
	values: [
		{ key: "twiceNll", title: "−2 ln L", tolerance: 1e-4, measure: "absolute" },
		{ key: "expected", title: "limit", tolerance: 1e-3, measure: "relative" },
	],
} as const;

test("values agree within their tolerance, each number of a band for itself", () => {
	const ours = { twiceNll: 100, expected: [1, 2, 4, 8, null] };
	const theirs = { twiceNll: 100.00005, expected: [1.02, 2.001, 4.01, null, null] };
	const differences = compare(task, ours, theirs);
	expect(differences.map(({ title, agreement }) => [title, agreement])).toEqual([
		["−2 ln L", "same"],
		["limit −2σ", "different"],
		["limit −1σ", "same"],
		["limit median", "close"],
		["limit +1σ", "different"],
		["limit +2σ", "same"],
	]);
	expect(differences[0]!.difference).toBeCloseTo(5e-5, 12);
	expect(differences[3]!.difference).toBeCloseTo(2.5e-3, 12);
	expect(differences[4]!.difference).toBeNull();
});

test("a relative difference keeps its sign where our value is negative", () => {
	const [difference] = compare({ values: [{ ...task.values[1], key: "mu" }] }, { mu: -2 }, { mu: -2.5 });
	expect(difference!.difference).toBe(-0.25);
});

test("a peer that must be exact may not differ in the last bit", () => {
	const ours = { twiceNll: 100, expected: [1, 2, 4, 8, 16] };
	const theirs = { twiceNll: 100, expected: [1, 2, 4, 8, 16 + 2 ** -48] };
	expect(compare(task, ours, theirs, true).map(({ agreement }) => agreement)).toEqual([
		...Array.from({ length: 5 }, () => "same"),
		"different",
	]);
	expect(agreementOn(compare(task, ours, ours, true))).toBe("same");
});

test("what a peer does not give is not compared, and the weakest agreement counts", () => {
	const ours = { twiceNll: 100, expected: [1, 2, 4, 8, 16] };
	expect(compare(task, ours, { expected: [1, 2, 4, 8, 16] })).toHaveLength(5);
	expect(agreementOn(compare(task, ours, {}))).toBeUndefined();
	expect(agreementOn(compare(task, ours, { twiceNll: 100 }))).toBe("same");
	expect(agreementOn(compare(task, ours, { twiceNll: 100, expected: [1.005, 2, 4, 8, 16] }))).toBe("close");
	expect(agreementOn(compare(task, ours, { twiceNll: 101, expected: [1.005, 2, 4, 8, 16] }))).toBe("different");
});
