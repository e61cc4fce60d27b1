import { describe, expect, test } from "vitest";
import { OptionError } from "../../ts/errors.js";
import { renderBrazilBand } from "../../ts/plot/index.js";
import { corners, Figure, numbers } from "./readSvg.js";
import { floatingLimit, floatingScan, limitOf, point, scanOf, steepScan } from "./records.js";

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

	test("marks the tested points and the level", () => {
		const dots = figure.shapes("tested", "circle").map((dot) => numbers(dot, "cx", "cy"));
		expect(dots).toEqual(
			floatingScan.points.map(({ mu, cls }) => ({ cx: expect.closeTo(x(mu), 1), cy: expect.closeTo(y(cls), 1) })),
		);
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
