import type { Channel, ModifierType, Sample } from "../spec/document.js";
import { byName } from "./nameOrder.js";
import type { ParameterTable } from "./parameterTable.js";

/** One sample in one channel: its rates, and what modifies them by index of the parameter. */
export interface Block {
	/** Place of its first bin among the main bins. */
	readonly firstBin: number;
	readonly nominal: readonly number[];
	/** Additive variations: rates at α = −1 and α = +1. */
	readonly histosys: readonly HistosysEntry[];
	/** Normalisations: factors at α = −1 and α = +1. */
	readonly normsys: readonly NormsysEntry[];
	/** Parameters that multiply every bin. */
	readonly scalarFactors: readonly number[];
	/** First parameters of the sets that multiply each bin by its own. */
	readonly binFactors: readonly number[];
}

interface HistosysEntry {
	readonly parameter: number;
	readonly lo: readonly number[];
	readonly hi: readonly number[];
}

interface NormsysEntry {
	readonly parameter: number;
	readonly lo: number;
	readonly hi: number;
}

/**
 * The blocks of a model in channel order, then sample order, their entries in parameter order.
 *
 * Variations that change nothing (lo = hi = nominal) are left out.
 */
export function buildBlocks(channels: readonly Channel[], parameters: ParameterTable): Block[] {
	const firstByName = new Map(parameters.sets.map(({ name, first }) => [name, first]));
	// A staterror that covers several channels has its parameters one channel after the other.
	const staterrorFirst = new Map<string, number>();
	const blocks: Block[] = [];
	let firstBin = 0;
	for (const channel of byName(channels)) {
		const covered = new Set<string>();
		const parameterOf = (type: ModifierType, name: string): number => {
			if (type === "staterror") covered.add(name);
			return (type === "staterror" ? staterrorFirst.get(name) : undefined) ?? (firstByName.get(name) as number);
		};
		for (const sample of byName(channel.samples)) blocks.push(buildBlock(sample, firstBin, parameterOf));
		const bins = channel.samples[0]?.data.length ?? 0;
		for (const name of covered) staterrorFirst.set(name, parameterOf("staterror", name) + bins);
		firstBin += bins;
	}
	return blocks;
}

function buildBlock(
	sample: Sample,
	firstBin: number,
	parameterOf: (type: ModifierType, name: string) => number,
): Block {
	const nominal = sample.data;
	const histosys: HistosysEntry[] = [];
	const normsys: NormsysEntry[] = [];
	const scalarFactors: number[] = [];
	const binFactors: number[] = [];
	for (const modifier of sample.modifiers) {
		const parameter = parameterOf(modifier.type, modifier.name);
		switch (modifier.type) {
			case "histosys": {
				const { lo_data: lo, hi_data: hi } = modifier.data;
				if (!nominal.every((rate, bin) => lo[bin] === rate && hi[bin] === rate)) histosys.push({ parameter, lo, hi });
				break;
			}
			case "normsys": {
				const { lo, hi } = modifier.data;
				if (lo !== 1 || hi !== 1) normsys.push({ parameter, lo, hi });
				break;
			}
			case "lumi":
			case "normfactor":
				scalarFactors.push(parameter);
				break;
			case "shapefactor":
			case "shapesys":
			case "staterror":
				binFactors.push(parameter);
				break;
		}
	}
	histosys.sort((a, b) => a.parameter - b.parameter);
	normsys.sort((a, b) => a.parameter - b.parameter);
	scalarFactors.sort((a, b) => a - b);
	binFactors.sort((a, b) => a - b);
	return { firstBin, nominal, histosys, normsys, scalarFactors, binFactors };
}
