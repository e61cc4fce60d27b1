import { describe, expect, test } from "vitest";
import type { HypotestResult } from "../../ts/inference/hypotest.js";
import { asymptoticDensity, chiSquareDensity } from "../../ts/plot/asymptoticToys.js";
import { renderToyDistributions } from "../../ts/plot/index.js";
import { stepOutlines, toyHistogram } from "../../ts/plot/toyHistogram.js";
import { distributionOf, madeUpTest } from "../toys/records.js";
import { codeOf } from "./codeOf.js";
import { corners, Figure, numbers } from "./readSvg.js";

describe("the histogram", () => {
	test("holds every toy, zeros in the first bin, with its weight", () => {
		const statistics = [0, 0, 0.3, 1, 1.4, 9.99];
		expect(toyHistogram(distributionOf(1, statistics), 10, 10).fractions).toEqual(
			[3, 2, 0, 0, 0, 0, 0, 0, 0, 1].map((count) => expect.closeTo(count / 6, 12)),
		);
		const weights = Float64Array.of(2, 2, 1, 0.5, 0.25, 0.25);
		expect(toyHistogram(distributionOf(1, statistics, { weights }), 10, 2).fractions).toEqual([
			expect.closeTo(5.75 / 6, 12),
			expect.closeTo(0.25 / 6, 12),
		]);
	});

	test("is outlined in steps, apart where bins are empty", () => {
		const histogram = { width: 1, fractions: [0.5, 0.2, 0, 0.1] };
		const outlines = stepOutlines(histogram, 0.01);
		expect(outlines).toEqual([
			[
				[0, 0.01],
				[0, 0.5],
				[1, 0.5],
				[1, 0.2],
				[2, 0.2],
				[2, 0.01],
			],
			[
				[3, 0.01],
				[3, 0.1],
				[4, 0.1],
				[4, 0.01],
			],
		]);
		expect(stepOutlines(histogram, 0.01, 0.4)[0]!.slice(0, 3)).toEqual([
			[0.4, 0.01],
			[0.4, 0.5],
			[1, 0.5],
		]);
		expect(stepOutlines(histogram, 0.01, 1)[0]![1]).toEqual([1, 0.2]);
		expect(stepOutlines(histogram, 0.01, 2.5)).toEqual([outlines[1]]);
		expect(stepOutlines(histogram, 0.01, 4)).toEqual([]);
	});
});

describe("densities", () => {
	/** ∫ f from a to b, with the root of x as the variable, for densities have a pole at 0. */
	const integral = (f: (x: number) => number, a: number, b: number) => {
		const [low, high] = [Math.sqrt(a), Math.sqrt(b)];
		const steps = 20_000;
		let sum = 0;
		for (let i = 0; i < steps; i++) {
			const root = low + ((high - low) * (i + 0.5)) / steps;
			sum += (f(root * root) * 2 * root * (high - low)) / steps;
		}
		return sum;
	};

	test("of limits hold what is not at 0", () => {
		for (const testStatistic of ["q", "qtilde"] as const) {
			const test = { testStatistic, statisticAsimov: 3 } as HypotestResult;
			expect(integral(asymptoticDensity(test, "tested"), 0, 200)).toBeCloseTo(0.5, 6);
			// Φ(√3) of the background's toys prefer less than the tested value.
			expect(integral(asymptoticDensity(test, "alternative"), 0, 200)).toBeCloseTo(0.958368, 5);
		}
	});

	test("of χ²", () => {
		expect(chiSquareDensity(2)(3)).toBeCloseTo(Math.exp(-1.5) / 2, 12);
		for (const degrees of [1, 3, 8]) expect(integral(chiSquareDensity(degrees), 0, 100)).toBeCloseTo(1, 6);
	});
});

describe("the figure of a test", () => {
	const asymptotic = { testStatistic: "qtilde", statisticAsimov: 3.6 } as HypotestResult;
	const figure = new Figure(renderToyDistributions(madeUpTest, { asymptotic, title: "Toys" }));
	const { left, right, top, bottom } = figure.frames[0]!;
	// The largest statistic is 9.
	const x = (statistic: number) => left + (statistic / 9.5) * (right - left);
	const y = (fraction: number) => top + (-Math.log10(fraction) / 2) * (bottom - top);

	test("says what is what", () => {
		expect(figure.texts).toEqual(
			expect.arrayContaining([
				"Toys",
				"μ = 0",
				"μ = 1",
				"CLb = 0.448",
				"CLs+b = 0.0237",
				"observed 3.94",
				"asymptotic",
			]),
		);
		expect(figure.texts).toEqual(expect.arrayContaining(["fraction of toys", "q~μ"]));
	});

	test("has the observed value as a line", () => {
		const [line] = figure.shapes("observed", "line");
		expect(numbers(line!, "x1").x1).toBeCloseTo(x(3.9382), 0);
	});

	test("has the fraction of every bin at its height: half of the toys at 0", () => {
		const points = figure.shapes("μ = 1", "path").flatMap(corners);
		// Five of nine at 0, and one at 0.2 in the second bin of 0.19.
		expect(points).toContainEqual([expect.closeTo(x(0), 0), expect.closeTo(y(5 / 9), 0)]);
		expect(points).toContainEqual([expect.closeTo(x(0.38), 0), expect.closeTo(y(1 / 9), 0)]);
		expect(Math.max(...points.map(([, height]) => height))).toBeLessThanOrEqual(bottom + 0.5);
	});

	test("has areas from the observed value on", () => {
		for (const name of ["μ = 1, as extreme", "μ = 0, as extreme"]) {
			const xs = figure
				.shapes(name, "path")
				.flatMap(corners)
				.map(([px]) => px);
			expect(xs.length, name).toBeGreaterThan(0);
			expect(Math.min(...xs)).toBeGreaterThanOrEqual(x(3.9382) - 0.5);
		}
	});

	test("stays inside the page, whatever the width", () => {
		for (const width of [240, 430, 900]) {
			const drawn = new Figure(renderToyDistributions(madeUpTest, { asymptotic, width }));
			for (const box of drawn.textBounds) {
				expect(box.left, box.text).toBeGreaterThanOrEqual(0);
				expect(box.right, box.text).toBeLessThanOrEqual(width);
			}
		}
	});
});

describe("figures of other results", () => {
	const made = { seed: 0, auxiliary: "fluctuated", complete: true, study: "", digest: "" } as const;

	test("weighted toys are followed to a hundredth of the p-value, and not to the last", () => {
		const statistics = Array.from({ length: 100 }, (_, i) => i);
		const weights = Float64Array.from(statistics, (q) => Math.exp(-q / 2));
		const figure = new Figure(
			renderToyDistributions({
				...made,
				poi: "mu",
				statistic: 20,
				pValue: 1e-5,
				pValueError: 1e-6,
				significance: 4.26,
				significanceError: 0.02,
				effectiveToys: 30,
				background: distributionOf(0, statistics, { weights, generatedAt: [0, 1] }),
			}),
		);
		expect(figure.texts).toEqual(expect.arrayContaining(["p0 = 1.00×10−5", "μ = 0", "q0", "observed 20.0"]));
		expect(figure.texts).not.toContain("80");
	});

	test("the goodness of fit has its χ² beside it", () => {
		const figure = new Figure(
			renderToyDistributions({
				...made,
				deviance: 2.5,
				degreesOfFreedom: 3,
				pValue: 0.4,
				pValueError: 0.1,
				chiSquarePValue: 0.47,
				bestFit: distributionOf(
					0,
					Array.from({ length: 200 }, (_, i) => i / 20),
				),
			}),
		);
		expect(figure.texts).toEqual(expect.arrayContaining(["best fit", "p = 0.400", "deviance", "asymptotic"]));
		expect(figure.shapes("best fit, asymptotic", "path").length).toBeGreaterThan(0);
	});

	test("a width that is none", () => {
		expect(codeOf(() => renderToyDistributions(madeUpTest, { width: 10 }))).toBe("bad-width");
	});
});
