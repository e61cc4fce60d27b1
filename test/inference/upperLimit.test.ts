import { describe, expect, test } from "vitest";
import { hypotest } from "../../ts/inference/hypotest.js";
import { scan } from "../../ts/inference/scan.js";
import { type UpperLimitOptions, upperLimit, upperLimitFromScan } from "../../ts/inference/upperLimit.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { counting, smallModel, twoBins } from "./smallModels.js";

const FOUND = { observed: "found", expected: ["found", "found", "found", "found", "found"] };

describe("by root finding", () => {
	const { model, data } = twoBins();

	test.each([0.05, 0.1, 0.01, 1e-6])("CLs at the limits is the level %d", (level) => {
		const { observed, expected, status } = upperLimit(data, model, { level });
		expect(status).toEqual(FOUND);
		expectClose(hypotest(observed!, data, model).cls, level, 1e-6);
		for (const i of [0, 1, 2, 3, 4] as const) {
			expectClose(hypotest(expected[i]!, data, model).expected[i], level, 1e-6);
		}
	});

	test("pyhf's numbers", () => {
		const { observed, expected } = upperLimit(data, model);
		expectClose(observed!, 1.01156939, 1e-4);
		for (const [i, value] of [0.55988001, 0.75702336, 1.06234693, 1.50116923, 2.05078596].entries()) {
			expectClose(expected[i as 0]!, value, 1e-4);
		}
	});

	test("the answer does not depend on the upper bound", () => {
		const limits = [3, 10, 77, 1e4].map((upper) => upperLimit(data, model, { bounds: { mu: [0, upper] } }));
		for (const { observed, expected } of limits) {
			expectClose(observed!, limits[0]!.observed!, 1e-7);
			for (const i of [0, 1, 2, 3, 4] as const) expectClose(expected[i]!, limits[0]!.expected[i]!, 1e-7);
		}
	});

	test("a limit far below 1 and one far above", () => {
		const scaled = (signal: number) =>
			smallModel(
				[
					{ name: "signal", data: [signal], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
					{ name: "background", data: [50], modifiers: [] },
				],
				[52],
				{ parameters: [{ name: "mu", inits: [0], bounds: [[0, 1e9]] }] },
			);
		const [large, one, small] = [5e5, 5, 5e-5].map((signal) => {
			const { model, data } = scaled(signal);
			return upperLimit(data, model).observed!;
		});
		expectClose(large! * 1e5, one!, 1e-7);
		expectClose(small! * 1e-5, one!, 1e-7);
	});

	test("the range is never left, and no crossing is said", () => {
		const narrow = upperLimit(data, model, { bounds: { mu: [0, 0.9] } });
		expect([narrow.observed, ...narrow.expected.slice(2)]).toEqual([undefined, undefined, undefined, undefined]);
		expect(narrow.status).toEqual({
			observed: "above-range",
			expected: ["found", "found", "above-range", "above-range", "above-range"],
		});
		expect(narrow.range).toEqual([0, 0.9]);
		expect(Math.max(...narrow.scan.points.map(({ mu }) => mu))).toBe(0.9);
	});

	test("a signal without effect is never excluded", () => {
		const { model, data } = smallModel(
			[
				{ name: "signal", data: [0], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{ name: "background", data: [50], modifiers: [] },
			],
			[52],
		);
		expect(hypotest(1, data, model).cls).toBe(1);
		expect(upperLimit(data, model).status.observed).toBe("above-range");
	});

	test("the points that were tested come along, in order", () => {
		const { scan: tested, method, poi, level, fits, observed } = upperLimit(data, model);
		const mus = tested.points.map(({ mu }) => mu);
		expect(mus).toEqual([...mus].sort((a, b) => a - b));
		expect([method, poi, level, tested.testStatistic]).toEqual(["root", "mu", 0.05, "qtilde"]);
		// The last of them lies where the limit was read off.
		expect(Math.min(...mus.map((mu) => Math.abs(mu / observed! - 1)))).toBeLessThan(3e-4);
		expect(tested.points[0]).toEqual(hypotest(mus[0]!, data, model));
		expect(fits).toBeLessThanOrEqual(20);
	});

	test("progress and abort", () => {
		let done = 0;
		upperLimit(data, model, { onProgress: (count, total) => expect([count, total]).toEqual([++done, undefined]) });
		expect(done).toBeGreaterThan(5);
		expect(() => upperLimit(data, model, { signal: AbortSignal.abort(new Error("enough")) })).toThrow("enough");
	});

	test.each([0, 1, -1, Number.NaN])("refuses the level %d", (level) => {
		expect(refusal(() => upperLimit(data, model, { level }))).toBe(
			`OptionError bad-level | options.level: expected a number between 0 and 1, found ${level}`,
		);
	});
});

describe("by interpolation of a scan", () => {
	const { model, data } = twoBins();

	test("pyhf's numbers for eleven points from 0 to 5", () => {
		const mus = Array.from({ length: 11 }, (_, i) => i / 2);
		const { observed, expected, method } = upperLimitFromScan(scan(mus, data, model));
		expect(method).toBe("linear");
		expectClose(observed!, 1.0262704738584554, 1e-4);
		for (const [i, value] of [0.65765653, 0.87999725, 1.12453992, 1.50243428, 2.09232927].entries()) {
			expectClose(expected[i as 0]!, value, 1e-4);
		}
	});

	test("a scan that does not reach the level says so on either side", () => {
		expect(upperLimitFromScan(scan([0, 0.5], data, model)).status.observed).toBe("above-range");
		const low = upperLimitFromScan(scan([4, 5], data, model));
		expect([low.observed, low.status.observed]).toEqual([undefined, "below-range"]);
	});
});

test("q0 has no limits", () => {
	const { model, data } = twoBins();
	const discovery = { testStatistic: "q0" as const };
	expect(refusal(() => upperLimitFromScan(scan([0], data, model, discovery)))).toBe(
		"OptionError no-limit | scan.testStatistic: q0 tests the background and has no limits; use qtilde or q",
	);
	expect(refusal(() => upperLimit(data, model, discovery as unknown as UpperLimitOptions))).toBe(
		"OptionError no-limit | options.testStatistic: q0 tests the background and has no limits; use qtilde or q",
	);
});

test("counting: the limit is where CLs by hand is the level", () => {
	const { model, data } = counting(50);
	// On data equal to the Asimov data, CLs = 2(1 − Φ(√q_A)) = 0.05 at √q_A = 1.959963984540054.
	const { observed, expected } = upperLimit(data, model);
	const rate = 50 + 5 * observed!;
	expectClose(Math.sqrt(2 * (rate - 50 - 50 * Math.log(rate / 50))), 1.959963984540054, 1e-7);
	expectClose(expected[2]!, observed!, 1e-7);
});
