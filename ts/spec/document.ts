/**
 * The JSON document that pyhf and HEPData publish: HistFactory schema 1.0.0, as TypeScript types.
 *
 * These are plain, readonly views of the parsed JSON; a value of type {@link WorkspaceDocument} has
 * passed the schema and the rules (`parse.ts`).
 */

/** A whole workspace: the model's channels, the measurements made of them, the observed counts. */
export interface WorkspaceDocument {
	readonly channels: readonly Channel[];
	readonly measurements: readonly Measurement[];
	readonly observations: readonly Observation[];
	readonly version: "1.0.0";
}

/** A histogram region with the samples that fill it. */
export interface Channel {
	readonly name: string;
	readonly samples: readonly Sample[];
}

/** Nominal rates of one process in one channel, and what modifies them. */
export interface Sample {
	readonly name: string;
	/** Nominal expected events per bin. */
	readonly data: readonly number[];
	readonly modifiers: readonly Modifier[];
}

/** Correlated shape: absolute yields at α = −1 and α = +1, interpolated in α. */
export interface HistosysModifier {
	readonly name: string;
	readonly type: "histosys";
	readonly data: { readonly lo_data: readonly number[]; readonly hi_data: readonly number[] };
}

/** Normalisation uncertainty: factors at α = −1 and α = +1. */
export interface NormsysModifier {
	readonly name: string;
	readonly type: "normsys";
	readonly data: { readonly lo: number; readonly hi: number };
}

/** Luminosity: one constrained factor shared by every sample that carries it. */
export interface LumiModifier {
	readonly name: string;
	readonly type: "lumi";
	readonly data: null;
}

/** Free normalisation factor. */
export interface NormfactorModifier {
	readonly name: string;
	readonly type: "normfactor";
	readonly data: null;
}

/** Free factor per bin. */
export interface ShapefactorModifier {
	readonly name: string;
	readonly type: "shapefactor";
	readonly data: null;
}

/** Uncorrelated shape: absolute uncertainty per bin, Poisson-constrained factor per bin. */
export interface ShapesysModifier {
	readonly name: string;
	readonly type: "shapesys";
	readonly data: readonly number[];
}

/** Monte Carlo statistics: absolute uncertainty per bin, one Gaussian-constrained factor per bin. */
export interface StaterrorModifier {
	readonly name: string;
	readonly type: "staterror";
	readonly data: readonly number[];
}

/** Any of the seven modifiers; `type` tells which. */
export type Modifier =
	| HistosysModifier
	| NormsysModifier
	| LumiModifier
	| NormfactorModifier
	| ShapefactorModifier
	| ShapesysModifier
	| StaterrorModifier;

/** The seven modifier types of schema 1.0.0. */
export type ModifierType = Modifier["type"];

/** Observed counts of one channel. */
export interface Observation {
	readonly name: string;
	readonly data: readonly number[];
}

/** A measurement: which parameter is of interest, and how parameters differ from their defaults. */
export interface Measurement {
	readonly name: string;
	readonly config: {
		/** Parameter of interest; empty for none. */
		readonly poi: string;
		readonly parameters: readonly ParameterConfig[];
	};
}

/** Overrides of one parameter set's defaults. */
export interface ParameterConfig {
	readonly name: string;
	readonly inits?: readonly number[];
	readonly bounds?: readonly (readonly [number, number])[];
	readonly auxdata?: readonly number[];
	readonly factors?: readonly number[];
	readonly sigmas?: readonly number[];
	readonly fixed?: boolean;
}
