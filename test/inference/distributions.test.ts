import { describe, expect, test } from "vitest";
import { distributions } from "../../ts/inference/distributions.js";
import { fit } from "../../ts/inference/fit.js";
import { refusal } from "../refusal.js";
import { expectClose } from "../twin/close.js";
import { counting, twoBins } from "./smallModels.js";

describe("distributions", () => {
	const { model, data } = twoBins([61, 60]);

	test("before the fit: start values, the constraints' own uncertainties", () => {
		const { kind, channels } = distributions(data, model);
		expect(kind).toBe("prefit");
		const [channel] = channels;
		expect([...channel!.observed]).toEqual([61, 60]);
		expect([...channel!.total]).toEqual([62, 63]);
		expect(channel!.samples.map(({ name, rates }) => [name, ...rates])).toEqual([
			["background", 50, 52],
			["signal", 12, 11],
		]);
		expectClose(channel!.uncertainty[0]!, 3, 1e-12);
		expectClose(channel!.uncertainty[1]!, 7, 1e-12);
		expectClose(channel!.yieldUncertainty, Math.sqrt(9 + 49), 1e-12);
		expect(channel!.yield).toBe(125);
	});

	test("after the fit: parameters and covariance of the fit", () => {
		const best = fit(data, model);
		const [channel] = distributions(data, model, best).channels;
		const [mu, first, second] = best.parameters as unknown as readonly [number, number, number];
		expectClose(channel!.total[0]!, 12 * mu + 50 * first, 1e-14);
		expectClose(channel!.total[1]!, 11 * mu + 52 * second, 1e-14);
		// √(J C Jᵀ) of the first bin and of the sum, written out.
		const sigma = best.uncertainties;
		const covariance = (i: number, j: number) => best.correlation[3 * i + j]! * sigma[i]! * sigma[j]!;
		const deviation = (row: readonly number[]) =>
			Math.sqrt(row.reduce((sum, a, i) => sum + row.reduce((inner, b, j) => inner + a * b * covariance(i, j), 0), 0));
		expectClose(channel!.uncertainty[0]!, deviation([12, 50, 0]), 1e-11);
		expectClose(channel!.yieldUncertainty, deviation([23, 50, 52]), 1e-11);
	});

	test("a fit of another model is refused", () => {
		const other = counting(52);
		expect(refusal(() => distributions(data, model, fit(other.data, other.model)))).toBe(
			"OptionError foreign-fit | result: the fit is not one of this model: its parameters have other names",
		);
	});
});
