import type { Modifier, ModifierType, Sample, StaterrorModifier } from "../spec/document.js";
import type { ParameterSet } from "./parameterTable.js";

/** A parameter set as its modifier defines it, before the measurement's overrides and its place in the order. */
export type ParameterDefaults = Omit<ParameterSet, "name" | "first" | "modifierTypes">;

/** Modifier types whose parameters follow from one modifier on one sample. */
export type PlainModifier = Exclude<Modifier, { readonly type: "lumi" | "staterror" }>;

/** Modifier types in the order in which pyhf lays out their parameters. */
export const MODIFIER_TYPE_ORDER: readonly ModifierType[] = Object.freeze([
	"histosys",
	"lumi",
	"normfactor",
	"normsys",
	"shapefactor",
	"shapesys",
	"staterror",
] as const);

/** Interpolation parameter α in units of its standard deviation. */
const ALPHA: ParameterDefaults = {
	size: 1,
	scalar: true,
	constraint: "gaussian",
	init: [0],
	bounds: [[-5, 5]],
	fixed: [false],
	auxdata: [0],
	scale: [1],
};

const FREE_FACTOR: ParameterDefaults = {
	size: 1,
	scalar: true,
	constraint: "none",
	init: [1],
	bounds: [[0, 10]],
	fixed: [false],
	auxdata: [],
	scale: [],
};

/** Bounds of a constrained factor per bin; away from 0, where its Poisson constraint has no logarithm. */
const GAMMA_BOUNDS = [1e-10, 10] as const;

/** The parameters that `modifier` on `sample` brings. */
export function modifierDefaults(modifier: PlainModifier, sample: Sample): ParameterDefaults {
	switch (modifier.type) {
		case "histosys":
		case "normsys":
			return ALPHA;
		case "normfactor":
			return FREE_FACTOR;
		case "shapefactor":
			return { ...factorPerBin(sample.data.length, [0, 10]), constraint: "none", auxdata: [], scale: [] };
		case "shapesys":
			return shapesysDefaults(sample.data, modifier.data);
	}
}

/** τ = (rate / uncertainty)²; a bin without rate or uncertainty has τ = 1 and is fixed. */
function shapesysDefaults(rates: readonly number[], uncertainties: readonly number[]): ParameterDefaults {
	const fixed: boolean[] = [];
	const tau: number[] = [];
	rates.forEach((rate, bin) => {
		const uncertainty = uncertainties[bin] ?? 0;
		const valid = rate > 0 && uncertainty > 0;
		fixed.push(!valid);
		tau.push(valid ? (rate * rate) / (uncertainty * uncertainty) : 1);
	});
	return {
		...factorPerBin(rates.length, GAMMA_BOUNDS),
		constraint: "poisson",
		fixed,
		auxdata: tau,
		scale: tau,
	};
}

/** The samples of one channel that carry a staterror of one name, each with its modifier. */
export type StaterrorCarriers = readonly [Sample, StaterrorModifier][];

/**
 * The parameters of one staterror name over all channels that it covers, channel after channel.
 *
 * σ of a bin is the carriers' uncertainties in quadrature relative to the carriers' summed rate; a bin
 * where that is 0 or has no meaning has σ = 1 and is fixed.
 */
export function staterrorDefaults(channels: readonly StaterrorCarriers[]): ParameterDefaults {
	const sigmas = channels.flatMap((carriers) => (carriers[0]?.[0].data ?? []).map((_, bin) => sigmaOf(carriers, bin)));
	return {
		...factorPerBin(sigmas.length, GAMMA_BOUNDS),
		constraint: "gaussian",
		fixed: sigmas.map((sigma) => sigma === 0),
		auxdata: sigmas.map(() => 1),
		scale: sigmas.map((sigma) => (sigma === 0 ? 1 : sigma)),
	};
}

function sigmaOf(carriers: StaterrorCarriers, bin: number): number {
	let rate = 0;
	for (const [sample] of carriers) rate += sample.data[bin] ?? 0;
	if (!(rate > 0)) return 0;
	let variance = 0;
	for (const [, modifier] of carriers) {
		const relative = (modifier.data[bin] ?? 0) / rate;
		variance += relative * relative;
	}
	return Math.sqrt(variance);
}

function factorPerBin(size: number, bounds: readonly [number, number]) {
	return {
		size,
		scalar: false,
		init: new Array<number>(size).fill(1),
		bounds: new Array<readonly [number, number]>(size).fill(bounds),
		fixed: new Array<boolean>(size).fill(false),
	};
}
