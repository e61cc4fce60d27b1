import { expect, test } from "vitest";
import { toyTest } from "../../ts/toys/index.js";
import { twoBins } from "../inference/smallModels.js";
import { type Random, random } from "../twin/random.js";

/** A Poisson number by multiplication of uniform ones (Knuth): slow and plain. */
function poisson(source: Random, mean: number): number {
	// In parts, for e^−mean must not vanish.
	if (mean > 100) return poisson(source, mean / 2) + poisson(source, mean / 2);
	let product = source.unit();
	let count = 0;
	for (const end = Math.exp(-mean); product > end; product *= source.unit()) count++;
	return count;
}

test("95 % limits by toys cover the truth in 95 % of experiments, by CLs in more", async () => {
	const { model, data } = twoBins();
	const source = random(11);
	const experiments = 400;
	const truth = Float64Array.of(1, 1, 1);
	const expectedData = model.expectedData(truth);
	expect(expectedData.length).toBe(data.length);
	let [covered, coveredByCls] = [0, 0];
	for (let i = 0; i < experiments; i++) {
		// Both auxiliary measurements are counts.
		const experiment = expectedData.map((mean) => poisson(source, mean));
		const { clsb, cls } = await toyTest(1, experiment, model, { toys: 600, points: 3, seed: i, workers: 0 });
		// The limit is at 1 or above.
		if (clsb >= 0.05) covered++;
		if (cls === undefined || cls >= 0.05) coveredByCls++;
	}
	const error = Math.sqrt((0.95 * 0.05) / experiments);
	// 0.95 ± 0.011.
	expect(Math.abs(covered / experiments - 0.95)).toBeLessThan(3 * error);
	expect(coveredByCls).toBeGreaterThanOrEqual(covered);
	expect(coveredByCls / experiments).toBeGreaterThan(0.95);
});
