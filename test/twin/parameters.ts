import type { Constraint } from "../../ts/model/parameterTable.js";
import type { Channel, Measurement, Modifier, ModifierType, Sample } from "../../ts/spec/document.js";

/** One parameter of the twin, spelled out. */
export interface TwinParameter {
	/** Name of the modifiers that use it. */
	readonly set: string;
	readonly label: string;
	/** Where a factor per bin applies; a shapefactor's is `undefined`, since channels share it. */
	readonly channel: string | undefined;
	/** Bin of the factor, `undefined` where the parameter moves all bins. */
	readonly bin: number | undefined;
	readonly init: number;
	readonly bounds: readonly [number, number];
	readonly fixed: boolean;
	readonly constraint: Constraint;
	/** Auxiliary datum, where constrained. */
	readonly auxdata: number;
	/** σ or τ, where constrained. */
	readonly scale: number;
}

/**
 * The parameters of a measurement by the slow way round: for every type, channel, sample and modifier name
 * that occurs anywhere, asks whether that sample carries it.
 */
export function twinParameters(channels: readonly Channel[], measurement: Measurement): TwinParameter[] {
	const parameters: TwinParameter[] = [];
	const known = (set: string) => parameters.some((parameter) => parameter.set === set);
	for (const type of ["histosys", "lumi", "normfactor", "normsys", "shapefactor", "shapesys"] as const) {
		const names = namesOf(channels, type);
		for (const channel of inOrder(channels)) {
			for (const sample of inOrder(channel.samples)) {
				for (const name of names) {
					const modifier = find(sample, type, name);
					if (modifier === undefined || known(name)) continue;
					parameters.push(...defaultsOf(modifier, channel, sample));
				}
			}
		}
	}
	for (const name of namesOf(channels, "staterror")) {
		for (const channel of inOrder(channels)) parameters.push(...staterrorParameters(name, channel));
	}
	return parameters.map((parameter) => {
		const siblings = parameters.filter(({ set }) => set === parameter.set);
		const i = siblings.indexOf(parameter);
		const label = parameter.bin === undefined ? parameter.set : `${parameter.set}[${i}]`;
		const config = measurement.config.parameters.find(({ name }) => name === parameter.set);
		const scales = parameter.constraint === "poisson" ? config?.factors : config?.sigmas;
		return {
			...parameter,
			label,
			init: config?.inits?.[i] ?? parameter.init,
			bounds: config?.bounds?.[i] ?? parameter.bounds,
			fixed: config?.fixed ?? parameter.fixed,
			auxdata: config?.auxdata?.[i] ?? parameter.auxdata,
			scale: scales?.[i] ?? parameter.scale,
		};
	});
}

/** Sorted by name as Python sorts: by code points. */
export function inOrder<T extends { readonly name: string }>(items: readonly T[]): T[] {
	const names = sorted(items.map(({ name }) => name));
	return names.map((wanted) => items.find(({ name }) => name === wanted) as T);
}

function sorted(names: readonly string[]): string[] {
	const codePoints = (name: string) => [...name].map((character) => character.codePointAt(0) as number);
	return [...new Set(names)].sort((a, b) => {
		const [x, y] = [codePoints(a), codePoints(b)];
		const i = x.findIndex((value, k) => value !== y[k]);
		return i === -1 ? x.length - y.length : (x[i] as number) - (y[i] ?? -1);
	});
}

/** The modifier of a type and name on a sample. */
export function find(sample: Sample, type: ModifierType, name: string): Modifier | undefined {
	return sample.modifiers.find((modifier) => modifier.type === type && modifier.name === name);
}

function namesOf(channels: readonly Channel[], type: ModifierType): string[] {
	const modifiers = channels.flatMap(({ samples }) => samples.flatMap((sample) => sample.modifiers));
	return sorted(modifiers.filter((modifier) => modifier.type === type).map(({ name }) => name));
}

const UNCONSTRAINED = { constraint: "none", auxdata: Number.NaN, scale: Number.NaN } as const;

function defaultsOf(modifier: Modifier, channel: Channel, sample: Sample): TwinParameter[] {
	const scalar = { set: modifier.name, label: "", channel: undefined, bin: undefined, fixed: false };
	switch (modifier.type) {
		case "histosys":
		case "normsys":
			return [{ ...scalar, init: 0, bounds: [-5, 5], constraint: "gaussian", auxdata: 0, scale: 1 }];
		case "lumi":
			// Everything comes from the measurement.
			return [{ ...scalar, init: Number.NaN, bounds: [0, 0], constraint: "gaussian", auxdata: 0, scale: 0 }];
		case "normfactor":
			return [{ ...scalar, init: 1, bounds: [0, 10], ...UNCONSTRAINED }];
		case "shapefactor":
			return sample.data.map((_, bin) => ({ ...scalar, bin, init: 1, bounds: [0, 10], ...UNCONSTRAINED }));
		case "shapesys":
			return sample.data.map((rate, bin) => {
				const uncertainty = modifier.data[bin] as number;
				const usable = rate > 0 && uncertainty > 0;
				const tau = usable ? rate ** 2 / uncertainty ** 2 : 1;
				return {
					...scalar,
					channel: channel.name,
					bin,
					init: 1,
					bounds: [1e-10, 10],
					fixed: !usable,
					constraint: "poisson",
					auxdata: tau,
					scale: tau,
				};
			});
		case "staterror":
			throw new Error("staterror parameters follow from all samples of a channel");
	}
}

function staterrorParameters(name: string, channel: Channel): TwinParameter[] {
	const carriers = inOrder(channel.samples).filter((sample) => find(sample, "staterror", name) !== undefined);
	return (carriers[0]?.data ?? []).map((_, bin) => {
		const rate = carriers.reduce((sum, sample) => sum + (sample.data[bin] as number), 0);
		const relative = carriers.map((sample) => {
			const data = find(sample, "staterror", name)?.data as readonly number[];
			return rate > 0 ? (data[bin] as number) / rate : 0;
		});
		const sigma = Math.hypot(...relative);
		return {
			set: name,
			label: "",
			channel: channel.name,
			bin,
			init: 1,
			bounds: [1e-10, 10],
			fixed: sigma === 0,
			constraint: "gaussian",
			auxdata: 1,
			scale: sigma === 0 ? 1 : sigma,
		};
	});
}
