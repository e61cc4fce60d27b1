import type { Model } from "../../ts/model/model.js";
import type { Modifier, ParameterConfig } from "../../ts/spec/document.js";
import { Workspace } from "../../ts/workspace.js";

/** A model with its data. */
export interface SmallModel {
	readonly model: Model;
	readonly data: Float64Array<ArrayBuffer>;
}

interface SmallSample {
	readonly name: string;
	readonly data: number[];
	readonly modifiers: Modifier[];
}

/** A one-channel model from its samples. */
export function smallModel(
	samples: readonly SmallSample[],
	observed: number[],
	{ poi = "mu", parameters = [] as ParameterConfig[], interpolation = {} } = {},
): SmallModel {
	const workspace = Workspace.parse({
		channels: [{ name: "SR", samples }],
		observations: [{ name: "SR", data: observed }],
		measurements: [{ name: "main", config: { poi, parameters } }],
		version: "1.0.0",
	});
	const model = workspace.model({ interpolation });
	return { model, data: workspace.data(model) };
}

const normfactor = (name: string): Modifier => ({ name, type: "normfactor", data: null });

/** Signal 5·μ on background 50 without uncertainties: everything about it can be worked out by hand. */
export function counting(observed: number, parameters: ParameterConfig[] = []): SmallModel {
	return smallModel(
		[
			{ name: "signal", data: [5], modifiers: [normfactor("mu")] },
			{ name: "background", data: [50], modifiers: [] },
		],
		[observed],
		{ parameters },
	);
}

/** pyhf's first example: two bins, an uncorrelated background uncertainty. */
export function twoBins(observed: number[] = [51, 48]): SmallModel {
	return smallModel(
		[
			{ name: "signal", data: [12, 11], modifiers: [normfactor("mu")] },
			{
				name: "background",
				data: [50, 52],
				modifiers: [{ name: "uncorr_bkguncrt", type: "shapesys", data: [3, 7] }],
			},
		],
		observed,
	);
}
