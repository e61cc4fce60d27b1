/** Interpolation of multiplicative `normsys` factors between α = −1, 0 and +1. */
export type NormsysCode = "code1" | "code4";

/** Interpolation of additive `histosys` variations between α = −1, 0 and +1. */
export type HistosysCode = "code0" | "code2" | "code4p";

/** Which interpolation each modifier type uses; pyhf's defaults are `code4` and `code4p`. */
export interface Interpolation {
	readonly normsys: NormsysCode;
	readonly histosys: HistosysCode;
}

/** pyhf's defaults. */
export const DEFAULT_INTERPOLATION: Interpolation = Object.freeze({ normsys: "code4", histosys: "code4p" });
