import { uncorrelatedBackground } from "../../ts/builders/uncorrelatedBackground.js";
import { compile } from "../../ts/model/compile.js";
import type { Ensemble, ToyJob, ToyPiece } from "../../ts/toys/ensemble.js";

/** Two bins, a signal and a background with an uncertainty per bin. */
export const smallWorkspace = uncorrelatedBackground({
	signal: [12, 11],
	background: [50, 52],
	backgroundUncertainty: [3, 7],
	observed: [51, 48],
});

/** The test of μ = 1 in two bins: toys with the signal, and without. */
export function smallJob(): ToyJob {
	const { structure, numbers, auxdata } = compile(smallWorkspace.document);
	const ensemble = (stream: number, mu: number): Ensemble => ({
		seed: 7,
		stream,
		points: [Float64Array.of(mu, 1, 1)],
		fluctuateAuxiliary: true,
		auxiliary: auxdata,
		fit: {
			start: Float64Array.of(1, 1, 1),
			lower: Float64Array.of(0, 1e-10, 1e-10),
			upper: Float64Array.of(10, 10, 10),
			fixed: new Uint8Array(3),
			maxIterations: 200,
			starts: 1,
		},
		statistic: { kind: "qtilde", poi: 0, mu: 1, conditional: Float64Array.of(1, 1, 1) },
	});
	return { model: { structure, numbers }, ensembles: [ensemble(0, 1), ensemble(1, 0)] };
}

/** What came of a study: statistics, statuses and weights of each ensemble, in toy order, filled in from pieces. */
export class Collected {
	readonly statistics: Float64Array[];
	readonly statuses: Uint8Array[];
	readonly lnWeights: Float64Array[];
	/** How often each toy of each ensemble came. */
	readonly times: Uint8Array[];
	/** The pieces as they came. */
	readonly pieces: ToyPiece[] = [];

	constructor(counts: readonly number[]) {
		this.statistics = counts.map((count) => new Float64Array(count));
		this.statuses = counts.map((count) => new Uint8Array(count));
		this.lnWeights = counts.map((count) => new Float64Array(count));
		this.times = counts.map((count) => new Uint8Array(count));
	}

	readonly add = (piece: ToyPiece): void => {
		const { ensemble, first, count } = piece;
		this.statistics[ensemble]!.set(piece.statistics, first);
		this.statuses[ensemble]!.set(piece.statuses, first);
		this.lnWeights[ensemble]!.set(piece.lnWeights, first);
		for (let toy = first; toy < first + count; toy++) this.times[ensemble]![toy]!++;
		this.pieces.push(piece);
	};
}
