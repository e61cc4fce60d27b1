import { expect, test } from "vitest";
import { decadeLabel, linearTicks, logTicks, numberLabel, tickLabels } from "../../ts/plot/ticks.js";

test.each([
	[0, 1, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
	[0, 5, 6, ["0", "1", "2", "3", "4", "5"]],
	[0.5, 1.5, 3, ["0.5", "1.0", "1.5"]],
	[-2.4, 2.4, 6, ["−2", "−1", "0", "1", "2"]],
	[0, 3217, 5, ["0", "1000", "2000", "3000"]],
	[0, 1.2e7, 4, ["0", "0.5×10^{7}", "1.0×10^{7}"]],
	[0, 2e-3, 5, ["0", "0.5×10^{−3}", "1.0×10^{−3}", "1.5×10^{−3}", "2.0×10^{−3}"]],
	[1000.1, 1000.4, 4, ["1000.1", "1000.2", "1000.3", "1000.4"]],
	[3, 3.0001, 2, ["3.0000", "3.0001"]],
])("ticks from %d to %d, at most %i", (low, high, most, labels) => {
	const ticks = linearTicks(low, high, most);
	expect(tickLabels(ticks)).toEqual(labels);
	expect(ticks.length).toBeLessThanOrEqual(most);
});

test("ticks are written without the error of their sum", () => {
	expect(linearTicks(0, 0.6, 7)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
});

test("decades are labelled, what lies between is not", () => {
	expect(logTicks(0.01, 30, 6)).toEqual({
		labelled: [0.01, 0.1, 1, 10],
		bare: [
			0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 2, 3, 4, 5, 6, 7, 8, 9,
			20, 30,
		],
	});
});

test("of many decades, every second or third is labelled", () => {
	const { labelled, bare } = logTicks(1e-4, 2e7, 6);
	expect(labelled).toEqual([1e-4, 1e-2, 1, 1e2, 1e4, 1e6]);
	expect(bare).toEqual([1e-3, 0.1, 10, 1e3, 1e5, 1e7]);
});

test.each([
	[1, "1"],
	[10, "10"],
	[0.1, "10^{−1}"],
	[1e5, "10^{5}"],
	[1e-40, "10^{−40}"],
])("the decade %d is labelled %s", (decade, label) => {
	expect(decadeLabel(decade)).toBe(label);
});

test.each([
	[2.5398, "2.54"],
	[0.0016333, "0.00163"],
	[1.2345e7, "1.23×10^{7}"],
	[-0.5, "−0.500"],
	[0, "0"],
])("the number %d is labelled %s", (x, label) => {
	expect(numberLabel(x)).toBe(label);
});
