import type { Band } from "../inference/hypotest.js";
import { binomial, type Estimate, quotient } from "./estimate.js";
import { atLeast } from "./ties.js";

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
export function expectedBands(tested: Float64Array, background: Float64Array): ExpectedBands {
	const { cls, clsb, clb } = atEveryToy(tested.slice().sort(), background.slice().sort());
	const [toys, testedToys] = [background.length, tested.length];
	const bands = PERCENTILES.map((p) => {
		const spread = Math.sqrt((p * (1 - p)) / toys);
		const [sb, b] = [quantile(clsb, p), quantile(clb, p)];
		const sbWidth = halfWidth(clsb, p, spread);
		const sbError = binomial(sb * testedToys, testedToys).error;
		const bWidth = halfWidth(clb, p, spread);
		const bError = binomial(b * toys, toys).error;
		const ofClsb = { value: sb, error: Math.sqrt(sbWidth * sbWidth + sbError * sbError) };
		const ofClb = { value: b, error: Math.sqrt(Math.max(0, bError * bError - bWidth * bWidth)) };
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

/** The p-values at the statistic of each background toy, each list ascending. Both samples are sorted. */
function atEveryToy(tested: Float64Array, background: Float64Array) {
	const toys = background.length;
	const [cls, clsb, clb] = [new Float64Array(toys), new Float64Array(toys), new Float64Array(toys)];
	let [above, aboveOfTested] = [0, 0];
	for (let i = 0; i < toys; i++) {
		const from = atLeast(background[toys - 1 - i]!);
		while (above < toys && background[toys - 1 - above]! >= from) above++;
		while (aboveOfTested < tested.length && tested[tested.length - 1 - aboveOfTested]! >= from) aboveOfTested++;
		clsb[i] = aboveOfTested / tested.length;
		clb[i] = above / toys;
		cls[i] = clsb[i]! / clb[i]!;
	}
	// The quotient need not be in order where the numbers of both fluctuate.
	return { cls: cls.sort(), clsb, clb };
}

/** The value below which a fraction lies, between neighbours by linear interpolation. */
function quantile(sorted: Float64Array, fraction: number): number {
	const position = fraction * (sorted.length - 1);
	const below = Math.floor(position);
	const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
	return low + (high - low) * (position - below);
}

/** How far the quantile moves with its fraction by one spread, on the side that there is where toys are few. */
function halfWidth(sorted: Float64Array, fraction: number, spread: number): number {
	const [low, high] = [fraction - spread, fraction + spread];
	if (low < 0) return quantile(sorted, Math.min(1, high)) - quantile(sorted, fraction);
	if (high > 1) return quantile(sorted, fraction) - quantile(sorted, low);
	return (quantile(sorted, high) - quantile(sorted, low)) / 2;
}
