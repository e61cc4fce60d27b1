import type { Band } from "../inference/hypotest.js";
import { type Estimate, quotient } from "./estimate.js";
import type { TailSample } from "./tailSample.js";

/** Five estimates for −2σ, −1σ, median, +1σ, +2σ. */
type EstimatedBand = readonly [Estimate, Estimate, Estimate, Estimate, Estimate];

/** What background alone would give. */
export interface ExpectedBands {
	readonly cls: EstimatedBand;
	readonly clsb: EstimatedBand;
	readonly clb: EstimatedBand;
}

/** Φ(−2), Φ(−1), Φ(0), Φ(1), Φ(2), to pyhf's digits. */
const PERCENTILES = [0.0227501319, 0.1586552539, 0.5, 0.8413447461, 0.9772498681] as const;

/**
 * CLs, CLs+b and CLb that experiments with background alone would give: each is evaluated at the statistic of every
 * background toy, and its percentiles are taken with linear interpolation, as in pyhf.
 *
 * The error of a percentile p of n toys is half the distance of the percentiles p ± √(p(1 − p)/n) (order statistics), and
 * to that of CLs+b, which has an error of its own at a given statistic, this one is added. CLb at the percentile of
 * a continuous statistic is p, whatever the toys; only where many toys have the same statistic, as with few counts, is it
 * uncertain.
 */
export function expectedBands(tested: TailSample, background: TailSample): ExpectedBands {
	const statistics = background.statistics.slice().sort().reverse();
	const [clsb, clb] = [tested.tails(statistics), background.tails(statistics)];
	// The quotient need not be in order where the numbers of both fluctuate, nor do weighted numbers.
	const cls = clsb.map((value, i) => value / clb[i]!).sort();
	clsb.sort();
	const toys = statistics.length;
	const bands = PERCENTILES.map((p) => {
		const spread = Math.sqrt((p * (1 - p)) / toys);
		const [sbWidth, bWidth] = [halfWidth(clsb, p, spread), halfWidth(clb, p, spread)];
		const at = quantile(statistics, p);
		const [sbError, bError] = [tested.tail(at).error, background.tail(at).error];
		const ofClsb = { value: quantile(clsb, p), error: Math.sqrt(sbWidth * sbWidth + sbError * sbError) };
		const ofClb = { value: quantile(clb, p), error: Math.sqrt(Math.max(0, bError * bError - bWidth * bWidth)) };
		return { cls: { value: quantile(cls, p), error: quotient(ofClsb, ofClb)!.error }, clsb: ofClsb, clb: ofClb };
	});
	const pick = (key: "cls" | "clsb" | "clb") => bands.map((band) => band[key]) as unknown as EstimatedBand;
	return { cls: pick("cls"), clsb: pick("clsb"), clb: pick("clb") };
}

/** Values and errors of a band apart. */
export function valuesAndErrors(band: EstimatedBand): readonly [Band, Band] {
	const list = (key: keyof Estimate) => Object.freeze(band.map((estimate) => estimate[key])) as unknown as Band;
	return [list("value"), list("error")];
}

/** The value that a fraction of an ordered list comes before, between neighbours by linear interpolation. */
function quantile(ordered: Float64Array, fraction: number): number {
	const position = fraction * (ordered.length - 1);
	const below = Math.floor(position);
	const [low, high] = [ordered[below]!, ordered[Math.min(below + 1, ordered.length - 1)]!];
	return low + (high - low) * (position - below);
}

/** How far the quantile moves with its fraction by one spread, on the side that there is where toys are few. */
function halfWidth(ordered: Float64Array, fraction: number, spread: number): number {
	const [low, high] = [fraction - spread, fraction + spread];
	if (low < 0) return quantile(ordered, Math.min(1, high)) - quantile(ordered, fraction);
	if (high > 1) return quantile(ordered, fraction) - quantile(ordered, low);
	return (quantile(ordered, high) - quantile(ordered, low)) / 2;
}
