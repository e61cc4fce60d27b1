import { describe, expect, test } from "vitest";
import { expectedBands } from "../../ts/toys/expectedBands.js";
import { TailSample } from "../../ts/toys/tailSample.js";
import { random } from "../twin/random.js";

const { unit, integer } = random(7);

/** Statistics as toys have them: a third 0, many equal as with few counts, or all different. */
const statisticsOf = (count: number, scale: number, discrete: boolean) =>
	Array.from({ length: count }, () => {
		const q = unit() < 0.33 ? 0 : -2 * scale * Math.log(unit());
		return discrete ? Math.round(2 * q) / 2 : q;
	});

/** A sample of toys that all converged, made in one piece. */
function sampleOf(statistics: readonly number[], lnWeights: readonly number[] = [], points = 1): TailSample {
	const count = statistics.length;
	const piece = {
		ensemble: 0,
		first: 0,
		count,
		statistics: Float64Array.from(statistics),
		statuses: new Uint8Array(count),
		lnWeights: Float64Array.from({ length: count }, (_, i) => lnWeights[i] ?? 0),
	};
	return new TailSample([piece], points);
}

/** numpy.percentile of a list. */
function percentile(values: readonly number[], p: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const position = p * (sorted.length - 1);
	const low = Math.floor(position);
	return sorted[low]! + (position - low) * ((sorted[low + 1] ?? sorted[low])! - sorted[low]!);
}

const PERCENTILES = [0.0227501319, 0.1586552539, 0.5, 0.8413447461, 0.9772498681];

/** Mean weight of the toys at or above, less the share of (mean weight − 1) that correlates most, by the definitions. */
function weightedTail(statistics: readonly number[], weights: readonly number[], points: number, from: number): number {
	const strata = Array.from({ length: points }, (_, k) =>
		weights.map((w, i) => [w, statistics[i]!] as const).filter((_, i) => i % points === k),
	);
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	let [tail, all, covariance, variance] = [0, 0, 0, 0];
	for (const stratum of strata) {
		const inTail = stratum.map(([w, q]) => (q >= from ? w : 0));
		const every = stratum.map(([w]) => w);
		const [a, b] = [mean(inTail), mean(every)];
		tail += a / points;
		all += b / points;
		const n = stratum.length;
		covariance += mean(inTail.map((value, i) => (value - a) * (every[i]! - b))) / (n - 1);
		variance += mean(every.map((value) => (value - b) ** 2)) / (n - 1);
	}
	return tail - (covariance / variance) * (all - 1);
}

describe("bands and tails against their slow definitions", () => {
	test.each([
		["all different", false],
		["many equal", true],
	])("pyhf's, toy by toy: %s", (_, discrete) => {
		for (let round = 0; round < 10; round++) {
			const tested = statisticsOf(integer(20, 300), 1, discrete);
			const background = statisticsOf(integer(20, 300), 2, discrete);
			const fraction = (sample: readonly number[], q: number) =>
				sample.filter((value) => value >= q).length / sample.length;
			const pairs = background.map((q) => [fraction(tested, q), fraction(background, q)] as const);
			const bands = expectedBands(sampleOf(tested), sampleOf(background));
			for (const [i, p] of PERCENTILES.entries()) {
				const of = (values: number[]) => percentile(values, p);
				expect(bands.clsb[i]!.value).toBeCloseTo(of(pairs.map(([sb]) => sb)), 12);
				expect(bands.clb[i]!.value).toBeCloseTo(of(pairs.map(([, b]) => b)), 12);
				expect(bands.cls[i]!.value).toBeCloseTo(of(pairs.map(([sb, b]) => sb / b)), 12);
			}
		}
	});

	test("weighted tails, one at a time and all at once", () => {
		for (const points of [2, 3, 5]) {
			const statistics = statisticsOf(60 * points, 2, true);
			const lnWeights = statistics.map((q) => Math.log(points) - 0.2 * q - 0.5 * unit());
			const weights = lnWeights.map(Math.exp);
			const sample = sampleOf(statistics, lnWeights, points);
			const thresholds = Float64Array.from(new Set(statistics)).sort().reverse();
			const tails = sample.tails(thresholds);
			for (const [i, q] of thresholds.entries()) {
				const slow = q === 0 ? 1 : Math.min(1, Math.max(0, weightedTail(statistics, weights, points, q)));
				expect(tails[i], `${points} points, ${q}`).toBeCloseTo(slow, 11);
				expect(sample.tail(q).value).toBeCloseTo(slow, 11);
			}
		}
	});

	test("a sample is usable once every point has a toy", () => {
		expect(sampleOf([]).isUsable).toBe(false);
		expect(sampleOf([1]).isUsable).toBe(true);
		expect(sampleOf([1, 2], [0, 0], 3).isUsable).toBe(false);
		expect(sampleOf([1, 2, 3], [0, 0, 0], 3).isUsable).toBe(true);
	});
});
