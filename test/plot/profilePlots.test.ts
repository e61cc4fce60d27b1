import { describe, expect, test } from "vitest";
import { renderContours, renderImpacts, renderProfile } from "../../ts/plot/index.js";
import { codeOf } from "./codeOf.js";
import { contourOf, impactsOf, parabola, refittedImpactsOf } from "./profileRecords.js";
import { corners, Figure, numbers } from "./readSvg.js";

describe("a profile", () => {
	const profile = parabola("mu", 1, 0.5);
	const status = { lower: "found", upper: "found" } as const;
	const figure = new Figure(renderProfile(profile, { interval: { lower: 0.5, upper: 1.5, status } }));
	const { left, right, top, bottom } = figure.frames[0]!;
	const x = (value: number) => left + ((value + 0.5) / 3) * (right - left);
	const y = (rise: number) => bottom - (rise / 9.45) * (bottom - top);

	test("goes through its points", () => {
		const curve = new Map(
			figure
				.shapes("profile", "path")
				.flatMap(corners)
				.map(([px, py]) => [px.toFixed(1), py]),
		);
		for (const { value, deltaTwiceNll } of profile.points) {
			expect(curve.get(x(value).toFixed(1))).toBeCloseTo(y(deltaTwiceNll), 0);
		}
		expect(figure.shapes("points", "circle")).toHaveLength(21);
	});

	test("has lines at one, two and three standard deviations, named at their ends", () => {
		const levels = figure.shapes("levels", "line").map((line) => numbers(line, "y1").y1);
		expect(levels).toEqual([1, 4, 9].map((rise) => expect.closeTo(y(rise), 0)));
		expect(figure.texts).toEqual(expect.arrayContaining(["1σ", "2σ", "3σ", "μ", "−2 Δ ln L"]));
	});

	test("leads the ends of the interval and the best fit to the axis", () => {
		const ends = figure.shapes("interval", "line").map((line) => numbers(line, "x1").x1);
		expect(ends).toEqual([0.5, 1.5].map((value) => expect.closeTo(x(value), 0)));
		expect(figure.shapes("best fit", "line").map((line) => numbers(line, "x1").x1)).toEqual([expect.closeTo(x(1), 0)]);
	});

	test("is cut at the top", () => {
		const cut = new Figure(renderProfile(parabola("k", 1, 0.1), { top: 2 }));
		const [frame] = cut.frames;
		const heights = cut
			.shapes("profile", "path")
			.flatMap(corners)
			.map(([, height]) => height);
		expect(Math.min(...heights)).toBeCloseTo(frame!.top, 0);
		expect(cut.texts).toEqual(expect.arrayContaining(["1σ", "k"]));
		expect(cut.texts).not.toContain("2σ");
	});

	test.each([
		["a single point", () => renderProfile({ ...profile, points: profile.points.slice(0, 1) }), "no-points"],
		["an axis that ends at 0", () => renderProfile(profile, { top: 0 }), "bad-top"],
	])("refuses %s", (_, render, code) => {
		expect(codeOf(render)).toBe(code);
	});
});

describe("contours", () => {
	const figure = new Figure(renderContours([contourOf(2, 0.95), contourOf(1, 0.6826894921370859)]));
	const { left, right, top, bottom } = figure.frames[0]!;
	// From −0.7 to 2 and from −1 to 3, with 6 % around.
	const x = (value: number) => left + ((value + 0.862) / 3.024) * (right - left);
	const y = (value: number) => bottom - ((value + 1.24) / 4.48) * (bottom - top);

	test("are closed lines through their points, that of the lower level solid", () => {
		const [inner] = figure.shapes("68.27 %", "path");
		const path = corners(inner!);
		expect(path.at(-1)).toEqual(path[0]);
		let next = 0;
		for (const { values } of contourOf(1, 0.68).points) {
			const found = path.findIndex(
				([px, py], i) => i >= next && Math.hypot(px - x(values[0]), py - y(values[1])) < 0.1,
			);
			expect(found).toBeGreaterThanOrEqual(next);
			next = found + 1;
		}
		// Round between the points, straight along the bound.
		const radius = path.map(([px, py]) => Math.hypot((px - x(0)) / (x(1) - x(0)), (py - y(1)) / (y(2) - y(1))));
		expect(radius.filter((r) => Math.abs(r - 1) < 2e-3).length).toBeGreaterThan(70);
		expect(Math.min(...path.map(([px]) => px))).toBeCloseTo(x(-0.7), 0);
		const dashes = (name: string) => figure.marks(name).map((mark) => mark.getAttribute("stroke-dasharray"));
		expect([dashes("68.27 %"), dashes("95 %")]).toEqual([[null], ["6 3"]]);
	});

	test("name the levels, the best fit and the parameters", () => {
		expect(figure.texts).toEqual(expect.arrayContaining(["68.27 %", "95 %", "best fit", "μ", "bkgnorm"]));
	});

	test.each([
		["none", () => renderContours([]), "no-points"],
		[
			"those of different parameters",
			() => renderContours([contourOf(1, 0.68), contourOf(1, 0.68, ["mu", "k"])]),
			"parameters-differ",
		],
		[
			"one without an end",
			() => renderContours([{ ...contourOf(1, 0.68), points: [{ values: [Infinity, 0], status: "bound" }] }]),
			"not-finite",
		],
	])("refuses %s", (_, render, code) => {
		expect(codeOf(render)).toBe(code);
	});
});

describe("impacts", () => {
	const figure = new Figure(renderImpacts(impactsOf(30), { width: 600 }));
	const [pulls, bars] = figure.frames;

	test("are twenty by default, the rest in a sentence", () => {
		expect(figure.texts.filter((text) => /^(alpha|norm)_/.test(text))).toHaveLength(20);
		expect(figure.texts).toContain("and 10 more, none with an impact above 0.0476");
		expect(new Figure(renderImpacts(impactsOf(30), { most: 7 })).texts).toContain(
			"and 23 more, none with an impact above 0.125",
		);
	});

	test("say what they are on", () => {
		expect(figure.texts).toEqual(expect.arrayContaining(["μ = 1.2 ± 2.0", "impact on μ", "(θ − θ0) / σ0"]));
	});

	test("have the pull with its constraint on the left, a value where there is none", () => {
		const reach =
			1.05 * Math.max(...Array.from({ length: 20 }, (_, i) => (i % 5 === 4 ? 0 : Math.abs(Math.sin(i)) + 0.8)));
		const x = (pull: number) => pulls!.left + ((pull + reach) / (2 * reach)) * (pulls!.right - pulls!.left);
		const dots = figure.shapes("pulls", "circle").map((dot) => numbers(dot, "cx").cx);
		expect(dots).toHaveLength(16);
		expect(dots.slice(0, 4)).toEqual([0, 1, 2, 3].map((i) => expect.closeTo(x(Math.sin(i)), 0)));
		const [first] = figure.shapes("constraints", "line").map((line) => numbers(line, "x1", "x2"));
		expect(first).toEqual({ x1: expect.closeTo(x(-0.8), 0), x2: expect.closeTo(x(0.8), 0) });
		expect(figure.texts).toContain("−0.8 ± 0.8");
	});

	test("have bars from zero on the right, after the fit filled and before open", () => {
		const reach = 1.08 * 1.25;
		const x = (impact: number) => bars!.left + ((impact + reach) / (2 * reach)) * (bars!.right - bars!.left);
		const box = (mark: string) => {
			const { x: from, width } = numbers(figure.shapes(mark, "rect")[0]!, "x", "width");
			return [from, from + width];
		};
		const between = (from: number, to: number) => [expect.closeTo(x(from), 0), expect.closeTo(x(to), 0)];
		expect(box("post-fit up")).toEqual(between(-1, 0));
		expect(box("post-fit down")).toEqual(between(0, 1));
		expect(box("pre-fit up")).toEqual(between(-1.25, 0));
		expect(figure.marks("pre-fit up")[0]!.getAttribute("fill")).toBe("none");
		expect(figure.shapes("post-fit up", "rect")).toHaveLength(20);
		expect(figure.shapes("pre-fit down", "rect")).toHaveLength(16);
	});

	test("of two bars on one side, the longer one lies behind", () => {
		const drawn = new Figure(renderImpacts(refittedImpactsOf(1)));
		const order = drawn.all("[aria-description^='post-fit'] rect").map((bar) => numbers(bar, "width").width);
		expect(order).toHaveLength(2);
		expect(order[0]! / order[1]!).toBeCloseTo(2.5, 1);
	});

	test("none at all is refused", () => {
		expect(codeOf(() => renderImpacts(impactsOf(0)))).toBe("no-parameters");
	});
});
