import { describe, expect, test } from "vitest";
import { type ContourResult, contour } from "../../ts/inference/contour.js";
import { fit } from "../../ts/inference/fit.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { sbottomA } from "./sbottomA.js";
import { smallModel, twoBins } from "./smallModels.js";

const norm = (name: string) => ({ name, type: "normfactor" as const, data: null });

/** Two bins with a normalisation each, nothing else. */
function twoCounts(observed: [number, number], bounds: [number, number] = [0, 10]) {
	return smallModel(
		[
			{ name: "first", data: [10, 0], modifiers: [norm("x")] },
			{ name: "second", data: [0, 10], modifiers: [norm("y")] },
		],
		observed,
		{ poi: "x", parameters: [{ name: "x", bounds: [bounds], inits: [bounds[0]] }] },
	);
}

const deviance = (count: number, rate: number) => 2 * (rate - count - count * Math.log(rate / count));

/** The area of the polygon, positive for one that goes round anticlockwise. */
function area({ points }: ContourResult): number {
	return points.reduce((sum, { values: [x, y] }, i) => {
		const [nextX, nextY] = points[(i + 1) % points.length]!.values;
		return sum + (x * nextY - y * nextX) / 2;
	}, 0);
}

describe("two counts", () => {
	test.each([
		[undefined, 2.295748928898635],
		[0.95, 5.991464547107979],
	])("at confidence level %d the deviances add up to the quantile", (confidenceLevel, rise) => {
		const { model, data } = twoCounts([30, 45]);
		const options = confidenceLevel === undefined ? {} : { confidenceLevel };
		const result = contour("x", "y", data, model, options);
		expectClose(result.deltaTwiceNll, rise, 1e-12);
		expect(result.parameters).toEqual(["x", "y"]);
		expectClose(result.bestFit[0], 3, 1e-7);
		for (const { values, status } of result.points) {
			expect(status).toBe("found");
			expectClose(deviance(30, 10 * values[0]) + deviance(45, 10 * values[1]), rise, 1e-7);
		}
		expect(result.points.length).toBeLessThan(50);
		expect(contour("x", "y", data, model, options)).toEqual(result);
	});

	test("the area is that of the region, cut at a bound", () => {
		const { model, data } = twoCounts([1000, 1000]);
		const within = (lowest: number) => ({ bounds: { x: [lowest, 200], y: [0, 200] } as const });
		const whole = contour("x", "y", data, model, within(0));
		// Nearly a circle of radius √2.2957 √10, and one cut at 0.5 from its centre.
		const radius = Math.sqrt(2.295748928898635 * 10);
		expectClose(area(whole) / (Math.PI * radius ** 2), 1, 1e-2);
		const cut = contour("x", "y", data, model, within(99.5));
		const marked = cut.points.filter(({ status }) => status === "bound");
		expect(marked.length).toBeGreaterThan(5);
		expect(marked.every(({ values }) => values[0] === 99.5)).toBe(true);
		const angle = Math.acos(0.5 / radius);
		expectClose(area(cut) / (radius ** 2 * (Math.PI - angle + Math.cos(angle) * Math.sin(angle))), 1, 1e-2);
	});

	test("from a best fit on its bound, the contour begins and ends there", () => {
		const { model, data } = twoCounts([20, 45], [2.5, 10]);
		const { points, bestFit } = contour("x", "y", data, model);
		expect(bestFit[0]).toBe(2.5);
		const [first, last] = [points[0]!, points.at(-1)!];
		expect([first.values[0], first.status, last.values[0], last.status]).toEqual([2.5, "found", 2.5, "found"]);
		const least = deviance(20, 25);
		for (const { values } of points) {
			expectClose(deviance(20, 10 * values[0]) + deviance(45, 10 * values[1]) - least, 2.295748928898635, 1e-7);
		}
	});
});

test("nuisance parameters are profiled: conditional fits at the points have risen by the quantile", () => {
	const { model, data } = sbottomA();
	const bounds = { mu_SIG: [-10, 10] as const };
	const { points, twiceNll, deltaTwiceNll, bestFit } = contour("mu_SIG", "mu_ttbar", data, model, { bounds });
	expectClose(bestFit[0], -0.847397, 1e-5);
	for (const { values, status } of points.filter((_, i) => i % 4 === 0)) {
		expect(status).toBe("found");
		const fixed = { mu_SIG: values[0], mu_ttbar: values[1] };
		const rise = fit(data, model, { bounds, fixed }).twiceNll - twiceNll;
		// From the usual start alone, some fits end in a minimum that lies a little higher.
		expect(rise).toBeGreaterThan(deltaTwiceNll - 1e-6);
		expect(rise).toBeLessThan(deltaTwiceNll + 1e-3);
	}
});

describe("options", () => {
	const { model, data } = twoBins([61, 60]);

	test("progress and abort", () => {
		let done = 0;
		const { points } = contour("mu", "uncorr_bkguncrt[0]", data, model, {
			onProgress: (count, total) => expect([count, total]).toEqual([++done, undefined]),
		});
		expect(done).toBe(points.length);
		const signal = AbortSignal.abort(new Error("enough"));
		expect(() => contour("mu", "uncorr_bkguncrt[0]", data, model, { signal })).toThrow("enough");
	});

	test("refuse the same parameter twice, and a fixed one", () => {
		expect(refusal(() => contour("mu", "mu", data, model))).toBe(
			"OptionError same-parameter | second: a contour takes two different parameters",
		);
		const fixed = { mu: 1 };
		expect(refusal(() => contour("uncorr_bkguncrt[0]", "mu", data, model, { fixed }))).toMatch(
			/^OptionError fixed-parameter \| second: mu is fixed/,
		);
	});
});
