import { expect, test } from "vitest";
import { axes, powerOf, powersOf } from "../../scripts/bench/scaling/axes.mjs";
import { renderScalingFigure } from "../../scripts/bench/scaling/figure.js";
import { renderScaling } from "../../scripts/bench/scaling/table.mjs";
import { Figure } from "../plot/readSvg.js";

/** Points whose iteration takes a constant and a cube, and whose evaluation goes with the size. */
const points = [10, 20, 40, 80].map((size) => {
	const perIteration = 1e-3 + 1e-6 * size ** 3;
	return {
		size,
		modelParameters: size + 1,
		fit: 5 * perIteration,
		iterations: 5,
		perIteration,
		evaluation: 1e-6 * size,
	};
});

test("sizes go in steps of two", () => {
	for (const { sizes } of axes) {
		for (const [i, size] of sizes.entries()) expect(size).toBe(sizes[0]! * 2 ** i);
	}
});

test("a power is the slope between logarithms", () => {
	expect(powerOf([1, 2, 4, 8].map((x) => [x, 3 * x ** 1.5]))).toBeCloseTo(1.5, 12);
	// Through logarithms (0, 0), (1, 1), (2, 1) of base 2, the line of least squares has the slope ½.
	expect(
		powerOf([
			[1, 1],
			[2, 2],
			[4, 2],
		]),
	).toBeCloseTo(0.5, 12);
	expect(powerOf([[1, 1]])).toBeUndefined();
});

test("what does not grow matters less over the larger half", () => {
	const { perIteration, perIterationLarger, evaluation, evaluationLarger } = powersOf(points);
	expect(perIteration).toBeCloseTo((1.5 * Math.log2(513 / 2) + 0.5 * Math.log2(65 / 9)) / 5, 9);
	expect(perIterationLarger).toBeCloseTo(Math.log2(513 / 65), 9);
	expect([evaluation, evaluationLarger]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
	expect(powersOf(points.slice(0, 1)).perIterationLarger).toBeUndefined();
});

test("the report is a table for each axis", () => {
	const report = {
		date: "2026-01-02T03:04:05.678Z",
		machine: { cpu: "Some Processor", cores: 2, os: "Linux 6 x64", loadAverage: 0.25 },
		peers: [{ name: "histfactory", versions: { node: "20.0.0", histfactory: "0.1.0" } }],
		base: { bins: 200, parameters: 50, samples: 5 },
		axes: [
			{ name: "bins", title: "bins", points, powers: powersOf(points), stopped: "at 160: fit: no answer in 20 s" },
			{ name: "samples", title: "samples", points: [], powers: powersOf([]) },
		],
	};
	expect(renderScaling(report)).toMatchInlineSnapshot(`
		"2026-01-02T03:04:05.678Z: node 20.0.0, histfactory 0.1.0
		Some Processor, 2 cores, Linux 6 x64, load average 0.3 at the start
		Synthetic workspaces. One thread; medians of warm calls. A fit includes its covariance, and so does the time per
		iteration. Power: of the size, from the line above.

		Number of bins, with 50 shared systematics and 5 samples
		  bins  parameters      fit  iterations  per iteration  power  −2 ln L  power
		    10          11  10.0 ms           5        2.00 ms         10.0 µs
		    20          21  45.0 ms           5        9.00 ms   2.17  20.0 µs   1.00
		    40          41   325 ms           5        65.0 ms   2.85  40.0 µs   1.00
		    80          81   2.56 s           5         513 ms   2.98  80.0 µs   1.00
		  time per iteration: power 2.69, 2.98 over the larger half
		  −2 ln L: power 1.00, 1.00 over the larger half
		  ended at 160: fit: no answer in 20 s

		Number of samples, with 200 bins and 50 shared systematics
		  samples  parameters  fit  iterations  per iteration  power  −2 ln L  power
		"
	`);
});

test("the figure has a panel for each axis and a dot for each time", () => {
	const axis = { title: "bins", points, powers: powersOf(points) };
	const figure = new Figure(renderScalingFigure([axis, { ...axis, title: "samples" }]));
	expect(figure.frames).toHaveLength(2);
	expect(figure.shapes("free fit with covariance, measured", "circle")).toHaveLength(8);
	expect(figure.texts).toEqual(
		expect.arrayContaining(["bins", "samples", "time (s)", "10", "80", "larger half: iteration ~ n2.98"]),
	);
	// A straight line, as a power is one in logarithms: equal steps to the right and up.
	const dots = figure.shapes("one −2 ln L, measured", "circle").slice(0, 4);
	const [xs, ys] = ["cx", "cy"].map((name) => dots.map((dot) => Number(dot.getAttribute(name))));
	for (const i of [1, 2, 3]) {
		expect(xs![i]! - xs![i - 1]!).toBeCloseTo(xs![1]! - xs![0]!, 1);
		expect(ys![i]! - ys![i - 1]!).toBeCloseTo(ys![1]! - ys![0]!, 1);
	}
});
