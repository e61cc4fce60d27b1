import type { Channel, Modifier, ParameterConfig, Sample, WorkspaceDocument } from "../../ts/spec/document.js";

/** A workspace of these channels with one measurement `m`, observing 10 counts everywhere. */
export function smallDocument(
	channels: readonly Channel[],
	parameters: readonly ParameterConfig[] = [],
	poi = "",
): WorkspaceDocument {
	return {
		channels,
		measurements: [{ name: "m", config: { poi, parameters } }],
		observations: channels.map(({ name, samples }) => ({ name, data: samples[0]?.data.map(() => 10) ?? [] })),
		version: "1.0.0",
	};
}

export function channel(name: string, ...samples: readonly Sample[]): Channel {
	return { name, samples };
}

export function sample(name: string, data: readonly number[], ...modifiers: readonly Modifier[]): Sample {
	return { name, data, modifiers };
}

export const normfactor = (name: string): Modifier => ({ name, type: "normfactor", data: null });

export const shapefactor = (name: string): Modifier => ({ name, type: "shapefactor", data: null });

export const lumi: Modifier = { name: "lumi", type: "lumi", data: null };

export const lumiConfig: ParameterConfig = {
	name: "lumi",
	inits: [1],
	bounds: [[0.9, 1.1]],
	auxdata: [1.01],
	sigmas: [0.02],
};

export const normsys = (name: string, lo: number, hi: number): Modifier => ({
	name,
	type: "normsys",
	data: { lo, hi },
});

export const histosys = (name: string, lo_data: readonly number[], hi_data: readonly number[]): Modifier => ({
	name,
	type: "histosys",
	data: { lo_data, hi_data },
});

export const shapesys = (name: string, data: readonly number[]): Modifier => ({ name, type: "shapesys", data });

export const staterror = (name: string, data: readonly number[]): Modifier => ({ name, type: "staterror", data });
