import { describe, expect, test } from "vitest";
import {
	collectBounds,
	collectFixed,
	collectInterpolation,
	collectNumber,
	parseGrid,
	parseLevel,
	parseNumber,
	parseNumbers,
	parsePositive,
} from "../../ts/cli/arguments.js";
import { gridFault, gridPoints } from "../../ts/cli/grid.js";

describe("numbers", () => {
	test.each([
		["1", 1],
		["-0.5", -0.5],
		["+2.", 2],
		[".5", 0.5],
		["1e-3", 1e-3],
		["1E3", 1000],
	])("%s is %d", (text, value) => {
		expect(parseNumber(text)).toBe(value);
	});

	test.each(["", " ", "abc", "1,5", "0x10", "1e", "NaN", "Infinity", "1e999", "1 2"])("'%s' is none", (text) => {
		expect(() => parseNumber(text)).toThrow("It must be a number.");
	});

	test("with a range", () => {
		expect(() => parsePositive("0")).toThrow("It must be greater than 0.");
		expect(parseLevel("0.1")).toBe(0.1);
		expect(() => parseLevel("95")).toThrow("It must lie between 0 and 1; 0.05 means 95 % CL.");
		expect(parseNumbers("0, 0.5,1")).toEqual([0, 0.5, 1]);
	});
});

describe("names with values", () => {
	test("are collected, the last one counts", () => {
		expect(collectNumber("a=2", collectNumber("b=-1", { a: 1 }))).toEqual({ a: 2, b: -1 });
		expect(collectFixed("mu", { a: 1 })).toEqual({ a: 1, mu: true });
		expect(collectBounds("mu=-5:10")).toEqual({ mu: [-5, 10] });
	});

	test("may hold =, [ and __proto__", () => {
		expect(collectFixed("a=b=1")).toEqual({ "a=b": 1 });
		expect(collectNumber("staterror_SR[3]=1.5")).toEqual({ "staterror_SR[3]": 1.5 });
		expect(Object.entries(collectNumber("__proto__=1"))).toEqual([["__proto__", 1]]);
	});

	test.each([
		[() => collectNumber("mu"), "It must have the form name=value, like mu=1."],
		[() => collectNumber("=1"), "It must have the form name=value, like mu=1."],
		[() => collectFixed("mu=x"), "It must be a number."],
		[() => collectBounds("mu=1"), "It must have the form name=low:high, like mu=-5:10."],
		[() => collectBounds("mu=2:1"), "The lower bound must be below the upper one."],
		[
			() => collectInterpolation("normsys=code0"),
			"Allowed are normsys=code1 or code4, histosys=code0, code2 or code4p.",
		],
	])("%s: %s", (collect, message) => {
		expect(collect).toThrow(message);
	});

	test("interpolation codes are merged", () => {
		expect(collectInterpolation("histosys=code0", collectInterpolation("normsys=code1"))).toEqual({
			normsys: "code1",
			histosys: "code0",
		});
	});
});

describe("grids", () => {
	test("have the decimal numbers that were meant", () => {
		const points = gridPoints({ from: 0, to: 5, step: 0.1 });
		expect(points).toHaveLength(51);
		expect(points).toEqual(Array.from({ length: 51 }, (_, i) => i / 10));
		expect(gridPoints({ from: 0.1, to: 0.7, step: 0.1 })).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
		expect(gridPoints({ from: -1, to: 1, step: 0.5 })).toEqual([-1, -0.5, 0, 0.5, 1]);
	});

	test("stop before the end where no step falls on it", () => {
		expect(gridPoints({ from: 0, to: 1, step: 0.3 })).toEqual([0, 0.3, 0.6, 0.9]);
	});

	test("take tiny and large numbers", () => {
		expect(gridPoints({ from: 1e-7, to: 3e-7, step: 1e-7 })).toEqual([1e-7, 2e-7, 3e-7]);
		expect(gridPoints({ from: 0, to: 2e21, step: 1e21 })).toEqual([0, 1e21, 2e21]);
	});

	test("of any reasonable size are good", () => {
		expect(gridFault({ from: 0, to: 5, step: 0.1 })).toBeUndefined();
		expect(gridFault({ from: 1, to: 1, step: 0.1 })).toBeUndefined();
		expect(gridFault({ from: 0, to: 99_999, step: 1 })).toBeUndefined();
		expect(gridFault({ from: 0, to: 100_000, step: 1 })).toBe(
			"the scan would have 100001 points, more than 100000; give a larger step",
		);
	});

	test.each([
		["0:5", "It must have the form from:to:step, like 0:5:0.1."],
		["5:0:0.1", "The scan would go down from 5 to 0; give the lower value first."],
		["0:5:0", "The step must be greater than 0."],
		["0:x:1", "It must be a number."],
	])("%s: %s", (text, message) => {
		expect(() => parseGrid(text)).toThrow(message);
	});
});
