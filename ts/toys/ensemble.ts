/**
 * How one set of toys is made and what is computed of each: plain data that goes to workers and into study files as it is.
 *
 * Toy i of an ensemble is the same, to the last bit, wherever and with whatever others it is made: its random numbers are
 * those of Philox with the key (`seed`, `stream`) and a counter that holds i.
 */
export interface Ensemble {
	/** A whole number, 0 … 2⁵³ − 1. */
	readonly seed: number;
	/** Which hypothesis of the study this is; toys of different streams have nothing in common. 0 … 2³² − 1. */
	readonly stream: number;
	/**
	 * Parameters at which toys are generated. One point for plain toys. With several, toy i is generated at point
	 * i mod their number and weighted back to the first (importance sampling; Veach and Guibas's balance heuristic).
	 */
	readonly points: readonly Float64Array<ArrayBuffer>[];
	/** Whether the auxiliary data are drawn too, as they are for toys of the whole experiment; else `auxiliary` holds. */
	readonly fluctuateAuxiliary: boolean;
	/** The observed auxiliary data. */
	readonly auxiliary: Float64Array<ArrayBuffer>;
	/**
	 * Bounds and fixed parameters of every fit, the usual start values, the limit on iterations, and how many starts are
	 * tried: the first is where the toys are generated, the second the usual one, others lie around it.
	 */
	readonly fit: {
		readonly start: Float64Array<ArrayBuffer>;
		readonly lower: Float64Array<ArrayBuffer>;
		readonly upper: Float64Array<ArrayBuffer>;
		readonly fixed: Uint8Array<ArrayBuffer>;
		readonly maxIterations: number;
		readonly starts: number;
	};
	readonly statistic: ToyStatistic;
}

/** What is computed of a toy: a profile-likelihood test statistic, or −2 ln L of the free fit less that of the saturated model. */
export type ToyStatistic =
	| {
			readonly kind: "q0" | "q" | "qtilde";
			/** Index of the parameter of interest. */
			readonly poi: number;
			/** Its tested value. */
			readonly mu: number;
			/** The conditional best fit of the data at `mu`, where the toys' conditional fits start. */
			readonly conditional: Float64Array<ArrayBuffer>;
	  }
	| { readonly kind: "deviance" };

/** A model in the flat form of `CompiledModel`. */
export interface FlatModel {
	readonly structure: Uint32Array<ArrayBuffer>;
	readonly numbers: Float64Array<ArrayBuffer>;
}

/** All that a worker needs to know. */
export interface ToyJob {
	readonly model: FlatModel;
	readonly ensembles: readonly Ensemble[];
}

/** Some toys of one ensemble: `count` of them from number `first` on. */
export interface ToyRange {
	/** Index in the job's ensembles. */
	readonly ensemble: number;
	readonly first: number;
	readonly count: number;
}

/** What came out of a range. */
export interface ToyPiece extends ToyRange {
	/** The statistic of each toy; NaN where a fit failed. */
	readonly statistics: Float64Array<ArrayBuffer>;
	/** How the fits of each toy ended: 0 converged, else the first failure's number as in `fitStatus.ts`. */
	readonly statuses: Uint8Array<ArrayBuffer>;
	/** ln of each toy's weight; 0 with one generating point. */
	readonly lnWeights: Float64Array<ArrayBuffer>;
}
