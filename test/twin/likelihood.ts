import { DEFAULT_INTERPOLATION, type Interpolation } from "../../ts/model/interpolation.js";
import type { Channel, Measurement, Modifier, Sample, WorkspaceDocument } from "../../ts/spec/document.js";
import { histosysDelta, normsysFactor } from "./interpolation.js";
import { inOrder, type TwinParameter, twinParameters } from "./parameters.js";
import { exactSum, twiceNormalNll, twicePoissonNll } from "./poisson.js";

/** Rates of one sample in one channel. */
export interface TwinRates {
	readonly channel: string;
	readonly sample: string;
	readonly rates: readonly number[];
}

/** The likelihood of a measurement, slow and obvious: the oracle of the tests. */
export interface Twin {
	readonly parameters: readonly TwinParameter[];
	readonly init: readonly number[];
	/** Observed main data, channels sorted by name, then the nominal auxiliary data. */
	readonly data: readonly number[];
	/** Expected rates, sorted by channel, then sample. */
	rates(parameters: ArrayLike<number>): TwinRates[];
	/** Expected main rates, channels sorted by name. */
	expected(parameters: ArrayLike<number>): number[];
	/** Expected main rates, then expected auxiliary data. */
	expectedData(parameters: ArrayLike<number>): number[];
	/** −2 ln L with all constants; Infinity for a negative rate, or a rate of 0 where there are counts. */
	twiceNll(parameters: ArrayLike<number>, data: ArrayLike<number>): number;
}

/** The twin of one measurement of a document, straight from the formulas. */
export function twin(
	document: WorkspaceDocument,
	{
		measurement = 0,
		interpolation = DEFAULT_INTERPOLATION,
	}: { measurement?: number; interpolation?: Interpolation } = {},
): Twin {
	const channels = inOrder(document.channels);
	const table = twinParameters(document.channels, document.measurements[measurement] as Measurement);
	const index = indexOf(table);
	const constrained = table.filter(({ constraint }) => constraint !== "none");

	const rates = (parameters: ArrayLike<number>) => {
		const value: LookUp = (modifier, channel, bin) => parameters[index(modifier, channel, bin)] as number;
		return channels.flatMap((channel) =>
			inOrder(channel.samples).map((sample) => ({
				channel: channel.name,
				sample: sample.name,
				rates: sample.data.map((_, bin) => rate(channel, sample, bin, value, interpolation)),
			})),
		);
	};
	const expected = (parameters: ArrayLike<number>) => {
		const bySample = rates(parameters);
		return channels.flatMap((channel) => {
			const samples = bySample.filter((entry) => entry.channel === channel.name);
			return (samples[0] as TwinRates).rates.map((_, bin) =>
				samples.reduce((sum, sample) => sum + (sample.rates[bin] as number), 0),
			);
		});
	};
	const mean = (parameter: TwinParameter, parameters: ArrayLike<number>) => {
		const theta = parameters[table.indexOf(parameter)] as number;
		return parameter.constraint === "poisson" ? theta * parameter.scale : theta;
	};
	return {
		parameters: table,
		init: table.map(({ init }) => init),
		data: [
			...channels.flatMap(({ name }) => document.observations.find((entry) => entry.name === name)?.data ?? []),
			...constrained.map(({ auxdata }) => auxdata),
		],
		rates,
		expected,
		expectedData: (parameters) => [
			...expected(parameters),
			...constrained.map((parameter) => mean(parameter, parameters)),
		],
		twiceNll: (parameters, data) => {
			const main = expected(parameters);
			return exactSum([
				...main.map((rate, bin) => twicePoissonNll(data[bin] as number, rate)),
				...constrained.map((parameter, k) => {
					const aux = data[main.length + k] as number;
					return parameter.constraint === "poisson"
						? twicePoissonNll(aux, mean(parameter, parameters))
						: twiceNormalNll(aux, mean(parameter, parameters), parameter.scale);
				}),
			]);
		},
	};
}

/** Value of the parameter that a modifier uses in one bin of one channel. */
type LookUp = (modifier: Modifier, channel: string, bin: number) => number;

/** Index of the parameter for (modifier, channel, bin), where only a factor per bin depends on the last two. */
function indexOf(table: readonly TwinParameter[]): (modifier: Modifier, channel: string, bin: number) => number {
	const places = new Map(table.map(({ set, channel, bin }, index) => [JSON.stringify([set, channel, bin]), index]));
	return ({ name, type }, channel, bin) => {
		const perChannel = type === "shapesys" || type === "staterror";
		const perBin = perChannel || type === "shapefactor";
		const place = [name, perChannel ? channel : undefined, perBin ? bin : undefined];
		return places.get(JSON.stringify(place)) as number;
	};
}

function rate(channel: Channel, sample: Sample, bin: number, value: LookUp, interpolation: Interpolation): number {
	const nominal = sample.data[bin] as number;
	let sum = nominal;
	let factor = 1;
	for (const modifier of sample.modifiers) {
		const theta = value(modifier, channel.name, bin);
		switch (modifier.type) {
			case "histosys": {
				const { lo_data: lo, hi_data: hi } = modifier.data;
				sum += histosysDelta(interpolation.histosys, theta, lo[bin] as number, nominal, hi[bin] as number);
				break;
			}
			case "normsys":
				factor *= normsysFactor(interpolation.normsys, theta, modifier.data.lo, modifier.data.hi);
				break;
			default:
				factor *= theta;
		}
	}
	return factor * sum;
}
