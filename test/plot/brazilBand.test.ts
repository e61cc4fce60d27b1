import { describe, expect, test } from "vitest";
import { OptionError } from "../../ts/errors.js";
import { renderBrazilBand } from "../../ts/plot/index.js";
import { corners, Figure, numbers } from "./readSvg.js";
import {
	coarseScan,
	FLOATING_MU_HAT,
	floatingLimit,
	floatingScan,
	limitOf,
	point,
	scanOf,
	steepScan,
} from "./records.js";

const none = [undefined, undefined, undefined, undefined, undefined] as const;

/** Where values lie in the one frame of a figure, given the ends of its axes. */
function position(figure: Figure, [x0, x1]: readonly [number, number], y: (share: number) => number) {
	const { left, right, top, bottom } = figure.frames[0]!;
	return {
		x: (mu: number) => left + ((mu - x0) / (x1 - x0)) * (right - left),
		y: (cls: number) => bottom - y(cls) * (bottom - top),
	};
}

const linear = (cls: number) => cls;

/** Heights of a path's corners above a place on x. */
function heightsAt(path: Element, x: number): number[] {
	return corners(path)
		.filter((corner) => Math.abs(corner[0] - x) < 0.01)
		.map((corner) => corner[1])
		.sort((a, b) => a - b);
}

describe("the Brazil band of the floating-background example", () => {
	const figure = new Figure(renderBrazilBand(floatingScan));
	const { x, y } = position(figure, [0, 5], linear);

	test("has its bands, median and observed curve at every tested point", () => {
		const paths = ["±2σ", "±1σ", "expected", "observed"].map((name) => figure.shapes(name, "path")[0]!);
		for (const { mu, cls, expected } of floatingScan.points) {
			const [outer, inner, median, observed] = paths.map((path) => heightsAt(path, x(mu)));
			expect(outer!.at(0)).toBeCloseTo(y(expected[4]), 1);
			expect(outer!.at(-1)).toBeCloseTo(y(expected[0]), 1);
			expect(inner!.at(0)).toBeCloseTo(y(expected[3]), 1);
			expect(inner!.at(-1)).toBeCloseTo(y(expected[1]), 1);
			expect(median).toEqual([expect.closeTo(y(expected[2]), 1)]);
			expect(observed).toEqual([expect.closeTo(y(cls), 1)]);
		}
	});

	test("marks the level", () => {
		const [level] = figure.shapes("level", "line").map((line) => numbers(line, "x1", "x2", "y1", "y2"));
		expect(level).toEqual({ x1: x(0), x2: x(5), y1: expect.closeTo(y(0.05), 1), y2: expect.closeTo(y(0.05), 1) });
	});

	test("is labelled in the notation of the field", () => {
		expect(figure.texts).toEqual([
			...["observed", "expected", "±1σ", "±2σ", "CLs = 0.05"],
			...["0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "4.5", "5.0"],
			...["0", "0.2", "0.4", "0.6", "0.8", "1.0"],
			...["CLs", "μ"],
		]);
		const subscript = figure.all("tspan").filter((run) => run.textContent === "s");
		expect(subscript.map((run) => run.getAttribute("dy"))).toEqual(["0.278em", "0.278em"]);
	});

	test("marks no limit where it was given none", () => {
		expect(figure.marks("observed limit")).toEqual([]);
	});
});

describe("limits", () => {
	test("are lines at their values, with the values above", () => {
		const figure = new Figure(renderBrazilBand(floatingLimit));
		const { x } = position(figure, [0, 5], linear);
		const [observed] = figure.shapes("observed limit", "line").map((line) => numbers(line, "x1"));
		const [expected] = figure.shapes("expected limit", "line").map((line) => numbers(line, "x1"));
		expect(observed!.x1).toBeCloseTo(x(3.03347), 1);
		expect(expected!.x1).toBeCloseTo(x(1.82982), 1);
		expect(figure.texts).toContain("observed 3.03");
		expect(figure.texts).toContain("expected 1.83");
	});

	test("above or below the range are said and not drawn", () => {
		const above = new Figure(
			renderBrazilBand(limitOf(floatingScan, undefined, [0.99, 1.3, 1.8, undefined, undefined])),
		);
		expect(above.texts.filter((text) => /range|expected \d/.test(text))).toEqual([
			"expected 1.80",
			"observed: above range",
		]);
		expect(above.marks("observed limit")).toEqual([]);
		const below = new Figure(renderBrazilBand(limitOf(floatingScan, undefined, none, { missing: "below-range" })));
		expect(below.texts.filter((text) => text.includes("range"))).toEqual([
			"observed: below range",
			"expected: below range",
		]);
	});

	test("by root finding end the axis a little above the largest, by a scan they do not", () => {
		const far = scanOf([...floatingScan.points.filter((_, i) => i % 7 === 0), point(10, 1e-30, Array(5).fill(1e-40))]);
		const expected = [0.99, 1.3, 1.8, 2.5, 3.4] as const;
		const root = new Figure(renderBrazilBand(limitOf(far, 3.0, expected, { method: "root" })));
		const { x } = position(root, [0, 3.4 * 1.15], linear);
		expect(numbers(root.shapes("observed limit", "line")[0]!, "x1").x1).toBeCloseTo(x(3.0), 1);
		const grid = new Figure(renderBrazilBand(limitOf(far, 3.0, expected)));
		expect(grid.texts).toContain("10");
	});

	test("at the lowest tested point leave the axis whole", () => {
		const at = limitOf(floatingScan, 0, [0, 0, 0, 0, 0], { method: "root" });
		expect(new Figure(renderBrazilBand(at)).texts).toContain("5.0");
	});

	test("have a level of their own", () => {
		const limit = { ...floatingLimit, level: 0.1 };
		expect(new Figure(renderBrazilBand(limit)).texts).toContain("CLs = 0.1");
		expect(() => renderBrazilBand(limit, { level: 0.05 })).toThrow(
			new OptionError("level-differs", "the limit was set at 0.1, leave this out", "options.level"),
		);
	});
});

describe("a logarithmic axis", () => {
	test("ends two decades below the level, and curves end with it", () => {
		const figure = new Figure(renderBrazilBand(steepScan(1), { logY: true }));
		expect(figure.texts).toEqual(expect.arrayContaining(["1", "10−1", "10−2", "10−3", "10−4"]));
		expect(figure.texts).not.toContain("10−5");
		const { x, y } = position(figure, [0, 20], (cls) => 1 + Math.log10(cls) / 4);
		const { top, bottom } = figure.frames[0]!;
		const observed = corners(figure.shapes("observed", "path")[0]!);
		expect(observed.find((corner) => Math.abs(corner[0] - x(4)) < 0.01)?.[1]).toBeCloseTo(y(10 ** -1.6), 1);
		// CLs = 10^(−μ²/10) is 1e-4 at √40.
		expect(observed.at(-1)![0]).toBeCloseTo(x(Math.sqrt(40)), 0);
		expect(observed.at(-1)![1]).toBeCloseTo(bottom, 1);
		for (const name of ["±2σ", "±1σ", "expected", "observed"]) {
			for (const path of figure.shapes(name, "path")) {
				for (const corner of corners(path)) {
					expect(corner[1]).toBeGreaterThanOrEqual(top - 0.01);
					expect(corner[1]).toBeLessThanOrEqual(bottom + 0.01);
				}
			}
		}
	});

	test("ends at the decade of the smallest value where that is higher", () => {
		const points = [point(0, 1, [1, 1, 1, 1, 1]), point(1, 0.5, [0.2, 0.3, 0.4, 0.6, 0.8])];
		const { texts } = new Figure(renderBrazilBand(scanOf(points), { logY: true }));
		expect(texts.filter((text) => text.startsWith("10"))).toEqual(["10−2", "10−1"]);
	});
});

describe("the observed curve", () => {
	/** Where the observed curve is, and its slope just below and just above a place, in CLs and CLs per unit of μ. */
	function observedAt(scan: Parameters<typeof renderBrazilBand>[0], mu: number) {
		const figure = new Figure(renderBrazilBand(scan));
		const { x, y } = position(figure, [0, 5], linear);
		const curve = corners(figure.shapes("observed", "path")[0]!);
		const at = curve.findIndex((corner) => Math.abs(corner[0] - x(mu)) < 0.01);
		const height = (i: number) => (y(0) - curve[i]![1]) / (y(0) - y(1));
		const place = (i: number) => ((curve[i]![0] - x(0)) / (x(5) - x(0))) * 5;
		const slope = (i: number, j: number) => (height(j) - height(i)) / (place(j) - place(i));
		return { height: height(at), below: slope(at - 3, at), above: slope(at, at + 3) };
	}

	/** CLs there by the formula for a statistic of 0, with the median between 0.109132 at 1.5 and 0.0871875 at 1.6. */
	const height = expect.closeTo(1 / (2 - 0.10775), 3);

	test("has its corner at the best fit, between points", () => {
		const { below, above, ...corner } = observedAt(floatingScan, FLOATING_MU_HAT);
		expect(corner).toEqual({ height });
		// The derivatives of what CLs is on either side, from the points next to the corner.
		expect(below).toBeCloseTo((0.528858 - 0.536247) / 0.1, 1);
		expect(above).toBeCloseTo((0.485521 - 0.52846) / (1.6 - FLOATING_MU_HAT), 1);
	});

	test("has it where points are far apart, and where one is at it or almost", () => {
		const sparse = scanOf(floatingScan.points.filter((_, i) => i % 10 === 0));
		const { below, above, ...corner } = observedAt(sparse, FLOATING_MU_HAT);
		expect(corner.height).toBeCloseTo(0.5285, 2);
		expect(below).toBeGreaterThan(-0.15);
		expect(above).toBeLessThan(-0.3);
		for (const mu of [FLOATING_MU_HAT, FLOATING_MU_HAT - 1e-9, FLOATING_MU_HAT + 1e-9]) {
			const added = point(mu, 0.52846, [0.0069, 0.029, 0.10775, 0.323, 0.667], FLOATING_MU_HAT);
			const near = observedAt(scanOf([...floatingScan.points, added]), FLOATING_MU_HAT);
			expect(near.height).toBeCloseTo(0.52846, 3);
			expect(near.below).toBeCloseTo(-0.07, 1);
			expect(near.above).toBeCloseTo(-0.45, 1);
		}
	});

	test("stays between its neighbours where a record does not follow the formula", () => {
		const flat = [0.9, 0.8, 0.7, 0.6].map((cls, i) => point(i, cls, [0.1, 0.2, 0.3, 0.4, 0.5], 1.5));
		const figure = new Figure(renderBrazilBand(scanOf(flat)));
		const { y } = position(figure, [0, 3], linear);
		const heights = corners(figure.shapes("observed", "path")[0]!).map((corner) => corner[1]);
		for (let i = 1; i < heights.length; i++) expect(heights[i]!).toBeGreaterThanOrEqual(heights[i - 1]! - 0.01);
		expect(heights.at(-1)).toBeCloseTo(y(0.6), 1);
	});

	test("and the band are 1 up to zero, where a scan begins below", () => {
		const below = [-2, -1].map((mu) => point(mu, 1, [1, 1, 1, 1, 1], FLOATING_MU_HAT));
		const figure = new Figure(renderBrazilBand(scanOf([...below, ...floatingScan.points])));
		const { x, y } = position(figure, [-2, 5], linear);
		const path = figure.shapes("expected", "path")[0]!;
		for (const corner of corners(path)) if (corner[0] <= x(0) + 0.01) expect(corner[1]).toBeCloseTo(y(1), 1);
		// The true median at 0.05 is 2 Φ(−√q_A) = 0.958, with √q_A ∝ μ; a top without a corner would be at 0.968.
		const after = corners(path).findIndex(([at]) => at >= x(0.05));
		const [[x0, y0], [x1, y1]] = [corners(path)[after - 1]!, corners(path)[after]!];
		expect(y0 + ((x(0.05) - x0) / (x1 - x0)) * (y1 - y0)).toBeCloseTo(y(0.958), 0);
	});
});

describe("tested points", () => {
	test("are marked where they stand apart", () => {
		const figure = new Figure(renderBrazilBand(coarseScan));
		const { x, y } = position(figure, [0, 5], linear);
		const dots = figure.shapes("tested", "circle").map((dot) => numbers(dot, "cx", "cy"));
		expect(dots).toEqual(
			coarseScan.points.map(({ mu, cls }) => ({ cx: expect.closeTo(x(mu), 1), cy: expect.closeTo(y(cls), 1) })),
		);
		expect(figure.all('[aria-label="legend"] circle')).toHaveLength(1);
	});

	test("are not where they are crowded, as around the roots of a limit", () => {
		const around = scanOf([...coarseScan.points, point(3.0334, 0.0501, [0, 0, 0.0011, 0.014, 0.104], FLOATING_MU_HAT)]);
		for (const scan of [floatingScan, around]) {
			const figure = new Figure(renderBrazilBand(scan));
			expect(figure.shapes("tested", "circle")).toEqual([]);
			expect(figure.all('[aria-label="legend"] circle')).toEqual([]);
		}
		expect(new Figure(renderBrazilBand(floatingScan, { width: 900 })).shapes("tested", "circle")).toHaveLength(51);
	});

	test("are marked at the best fit by the corner alone", () => {
		const best = point(FLOATING_MU_HAT, 0.52846, [0.0069, 0.029, 0.10775, 0.323, 0.667], FLOATING_MU_HAT);
		const figure = new Figure(renderBrazilBand(scanOf([...coarseScan.points, best])));
		expect(figure.shapes("tested", "circle")).toHaveLength(coarseScan.points.length);
	});
});

describe("between points", () => {
	test("CLs is interpolated in its logarithm, without bumps", () => {
		const sparse = scanOf(steepScan(1).points.filter((_, i) => i % 4 === 0 && i <= 16));
		const figure = new Figure(renderBrazilBand(sparse));
		const { x, y } = position(figure, [0, 8], linear);
		const curve = corners(figure.shapes("observed", "path")[0]!);
		for (let i = 1; i < curve.length; i++) expect(curve[i]![1]).toBeGreaterThanOrEqual(curve[i - 1]![1] - 0.01);
		// The true curve is 10^(−μ²/10); half-way between points at 2 and 4 it is 0.126.
		const near = curve.reduce((best, corner) =>
			Math.abs(corner[0] - x(3)) < Math.abs(best[0] - x(3)) ? corner : best,
		);
		expect(Math.abs(near[1] - y(0.126))).toBeLessThan(4);
	});

	test("points in any order, given twice, are drawn once and ascending", () => {
		const { points } = floatingScan;
		const shuffled = scanOf([...points].reverse().concat(points.slice(0, 5)));
		expect(renderBrazilBand(shuffled)).toBe(renderBrazilBand(floatingScan));
	});
});

describe("one point", () => {
	test("has boxes for bands", () => {
		const figure = new Figure(renderBrazilBand(scanOf([point(1, 0.3, [0.05, 0.1, 0.25, 0.5, 0.8])])));
		const { x, y } = position(figure, [0.5, 1.5], linear);
		const box = (name: string) => numbers(figure.shapes(name, "rect")[0]!, "y", "height");
		expect(box("±2σ")).toEqual({ y: expect.closeTo(y(0.8), 1), height: expect.closeTo(y(0.05) - y(0.8), 1) });
		expect(box("±1σ")).toEqual({ y: expect.closeTo(y(0.5), 1), height: expect.closeTo(y(0.1) - y(0.5), 1) });
		const [dot] = figure.shapes("observed", "circle").map((circle) => numbers(circle, "cx", "cy"));
		expect(dot).toEqual({ cx: expect.closeTo(x(1), 1), cy: expect.closeTo(y(0.3), 1) });
	});

	test("below a logarithmic axis is a triangle at its end", () => {
		const figure = new Figure(renderBrazilBand(scanOf([point(1, 1e-7, [1e-9, 1e-8, 1e-3, 0.1, 0.3])]), { logY: true }));
		expect(figure.marks("observed")).toEqual([]);
		expect(figure.shapes("observed below", "path")).toHaveLength(1);
	});
});

describe("labels and options", () => {
	test("name the parameter: mu as μ, others as they are, or as told", () => {
		expect(new Figure(renderBrazilBand(steepScan(1, "mu_SIG"))).texts.at(-1)).toBe("mu_SIG");
		expect(new Figure(renderBrazilBand(floatingScan, { xLabel: "σ/σ_{SM}" })).texts.at(-1)).toBe("σ/σSM");
	});

	test("call the statistic of a discovery test by its name", () => {
		const figure = new Figure(
			renderBrazilBand({ ...scanOf([point(0, 0.01, [1e-4, 1e-3, 0.01, 0.1, 0.3])]), testStatistic: "q0" }),
		);
		expect(figure.texts.filter((text) => text.startsWith("p0"))).toEqual(["p0 = 0.05", "p0"]);
	});

	test.each([
		[() => renderBrazilBand(scanOf([])), "no-points", "points: a scan without points cannot be drawn"],
		[
			() => renderBrazilBand(floatingScan, { level: 0 }),
			"bad-level",
			"options.level: a level lies between 0 and 1, not at 0",
		],
		[
			() => renderBrazilBand(floatingScan, { width: 100 }),
			"bad-width",
			"options.width: a figure is 240 to 10000 px wide, not 100",
		],
		[
			() => renderBrazilBand(floatingScan, { width: Number.NaN }),
			"bad-width",
			"options.width: a figure is 240 to 10000 px wide, not NaN",
		],
	])("that do not fit are refused (%#)", (render, code, message) => {
		expect(render).toThrow(expect.objectContaining({ name: "OptionError", code, message }));
	});
});
