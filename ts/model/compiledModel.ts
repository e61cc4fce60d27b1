import type { Interpolation } from "./interpolation.js";
import type { ParameterTable } from "./parameterTable.js";

/** A channel of the model and where its bins lie in the vector of main bins. */
export interface ChannelLayout {
	readonly name: string;
	readonly firstBin: number;
	readonly bins: number;
	/** Names of the samples in this channel, sorted. */
	readonly samples: readonly string[];
}

/**
 * A model as flat arrays: all that the core needs, free of names.
 *
 * A *block* is one sample in one channel; blocks stand in channel order, then sample order, both sorted
 * by name. Entries that change nothing (lo = hi = nominal) are dropped here; their parameter stays.
 *
 * `structure` (unsigned integers), read from front to back:
 *
 * | count | what |
 * |---|---|
 * | 1 | format version, 1 |
 * | 1 | number of parameters |
 * | 1 | number of main bins |
 * | 1 | number of blocks |
 * | 1 | number of constraints |
 * | 1 | normsys interpolation: 1 (`code1`) or 4 (`code4`) |
 * | 1 | histosys interpolation: 0 (`code0`), 2 (`code2`) or 5 (`code4p`) |
 * | per block: 6 | first bin, number of bins n, numbers of histosys, normsys, scalar and per-bin factors |
 * | … | the parameter of each histosys, then of each normsys, then of each scalar factor (`normfactor`, `lumi`), then the *first* parameter of each per-bin factor (`shapefactor`, `shapesys`, `staterror`; bin i of the block uses parameter first + i) |
 * | per constraint: 2 | parameter, kind: 0 Gaussian, 1 Poisson |
 *
 * `numbers` (doubles), in the same order, the first three rows block by block:
 *
 * | count | what |
 * |---|---|
 * | per block: n | nominal rates |
 * | 2n per histosys | hi − nominal for each bin, then nominal − lo for each bin |
 * | 2 per normsys | lo, hi |
 * | per constraint: 1 | σ (Gaussian) or τ (Poisson) |
 *
 * Constraint k is the k-th entry of the auxiliary data.
 */
export interface CompiledModel {
	readonly parameters: ParameterTable;
	/** The parameter of interest that the measurement names, which the model need not have; empty for none. */
	readonly poi: string;
	readonly channels: readonly ChannelLayout[];
	/** Number of main bins over all channels. */
	readonly bins: number;
	readonly interpolation: Interpolation;
	readonly structure: Uint32Array<ArrayBuffer>;
	readonly numbers: Float64Array<ArrayBuffer>;
	/** Nominal auxiliary data in the order of the constraints. */
	readonly auxdata: Float64Array<ArrayBuffer>;
}
