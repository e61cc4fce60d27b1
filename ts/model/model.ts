/// <reference lib="esnext.disposable" preserve="true" />
import { CoreHandle } from "../core/coreHandle.js";
import type { CoreModel } from "../core/generated/histfactory_wasm.js";
import { checkData, checkParameters } from "./checkVectors.js";
import type { ChannelLayout, CompiledModel } from "./compiledModel.js";
import type { Interpolation } from "./interpolation.js";
import type { ParameterSet } from "./parameterTable.js";

/** Expected rates of one sample in one channel, one per bin. */
export interface SampleRates {
	readonly name: string;
	readonly rates: Float64Array<ArrayBuffer>;
}

/** Expected rates of one channel: by sample, sorted by name, and their sum. */
export interface ChannelRates {
	readonly name: string;
	readonly samples: readonly SampleRates[];
	readonly total: Float64Array<ArrayBuffer>;
}

/** The model's object in the core, for this library's own functions. */
let coreOf: (model: Model) => CoreHandle<CoreModel>;

/** The model's flat arrays, for those of this library's functions that load it elsewhere. */
let flatOf: (model: Model) => Pick<CompiledModel, "structure" | "numbers">;

/**
 * A HistFactory model, loaded into the core.
 *
 * Made by `Workspace.model`. Parameters, data and bins stand in pyhf's order. Its memory in the core is given back when
 * it is collected, or at once by `free()` or a `using` declaration.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * using model = workspace.model();
 * assert.deepEqual(model.parameterNames, ["mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"]);
 * assert.deepEqual([...model.expected(model.init)], [62, 63]);
 * ```
 */
export class Model {
	/** One label per parameter: `mu`, `staterror_SR[3]`. */
	readonly parameterNames: readonly string[];
	/** The parameters by the modifier name that brings them. */
	readonly parameterSets: readonly ParameterSet[];
	/** Start values. */
	readonly init: Float64Array<ArrayBuffer>;
	/** Lower and upper bound of each parameter. */
	readonly bounds: readonly (readonly [number, number])[];
	/** Which parameters a fit keeps at their start values. */
	readonly fixed: readonly boolean[];
	/** Index of the parameter of interest; `undefined` where the model has none. */
	readonly poiIndex: number | undefined;
	/** Label of the parameter of interest; `undefined` where the model has none. */
	readonly poi: string | undefined;
	/** The parameter of interest that the measurement names, whether the model has it or not; empty for none. */
	readonly measuredPoi: string;
	/** Channels in the order of the bins. */
	readonly channels: readonly ChannelLayout[];
	/** Number of main bins. */
	readonly bins: number;
	/** Nominal auxiliary data, in the order of the constrained parameters. */
	readonly auxdata: Float64Array<ArrayBuffer>;
	/** The interpolation codes in use. */
	readonly interpolation: Interpolation;
	readonly #core: CoreHandle<CoreModel>;
	readonly #flat: Pick<CompiledModel, "structure" | "numbers">;

	static {
		coreOf = (model) => model.#core;
		flatOf = (model) => model.#flat;
	}

	constructor(compiled: CompiledModel) {
		const { parameters, structure, numbers } = compiled;
		this.parameterNames = parameters.names;
		this.parameterSets = parameters.sets;
		this.init = Float64Array.from(parameters.sets.flatMap((set) => set.init));
		this.bounds = Object.freeze(parameters.sets.flatMap((set) => set.bounds));
		this.fixed = Object.freeze(parameters.sets.flatMap((set) => set.fixed));
		this.poiIndex = parameters.poiIndex;
		this.poi = parameters.poiIndex === undefined ? undefined : parameters.names[parameters.poiIndex];
		this.measuredPoi = compiled.poi;
		this.channels = compiled.channels;
		this.bins = compiled.bins;
		this.auxdata = compiled.auxdata;
		this.interpolation = compiled.interpolation;
		this.#flat = Object.freeze({ structure, numbers });
		this.#core = new CoreHandle((glue) => new glue.CoreModel(structure, numbers));
		Object.freeze(this);
	}

	/**
	 * −2 ln L at `parameters` for `data` (main counts, then auxiliary data), all constants included, as pyhf's
	 * `twice_nll`. Infinity outside the domain: where a rate is not positive in a bin with counts, or negative.
	 *
	 * @throws DataError, OptionError for vectors that do not fit the model.
	 */
	twiceNll(parameters: ArrayLike<number>, data: ArrayLike<number>): number {
		const point = checkParameters(parameters, this);
		const counts = checkData(data, this);
		return this.#core.call((core) => core.twiceNll(point, counts));
	}

	/** Expected events at `parameters`, one number per main bin. */
	expected(parameters: ArrayLike<number>): Float64Array<ArrayBuffer> {
		const point = checkParameters(parameters, this);
		return this.#core.call((core) => core.rates(point)) as Float64Array<ArrayBuffer>;
	}

	/** Expected data at `parameters`: main rates, then expected auxiliary measurements (pyhf's `expected_data`). */
	expectedData(parameters: ArrayLike<number>): Float64Array<ArrayBuffer> {
		const point = checkParameters(parameters, this);
		return this.#core.call((core) => Float64Array.of(...core.rates(point), ...core.expectedAuxiliary(point)));
	}

	/** Expected events at `parameters`, by channel and sample. */
	expectedByChannel(parameters: ArrayLike<number>): readonly ChannelRates[] {
		const point = checkParameters(parameters, this);
		const [samples, totals] = this.#core.call((core) => [core.sampleRates(point), core.rates(point)] as const);
		let taken = 0;
		return this.channels.map(({ name, firstBin, bins, samples: names }) => {
			const ofSamples = names.map((sample) => {
				const rates = Float64Array.from(samples.subarray(taken, taken + bins));
				taken += bins;
				return Object.freeze({ name: sample, rates });
			});
			const total = Float64Array.from(totals.subarray(firstBin, firstBin + bins));
			return Object.freeze({ name, samples: Object.freeze(ofSamples), total });
		});
	}

	/** Gives the core's memory back at once. The model cannot be used after that. */
	free(): void {
		this.#core.free();
	}

	/** As `free()`, for `using`. */
	[Symbol.dispose](): void {
		this.free();
	}
}

export { coreOf, flatOf };
