import type { ParameterSet, ParameterTable } from "../../ts/model/parameterTable.js";
import type {
	Channel,
	HistosysModifier,
	Measurement,
	Modifier,
	ModifierType,
	NormsysModifier,
	ParameterConfig,
	Sample,
	WorkspaceDocument,
} from "../../ts/spec/document.js";
import { type Random, random } from "./random.js";

/**
 * A valid workspace with up to four channels, six bins and five samples, depending on `seed` alone.
 *
 * Every modifier type comes up, with names shared between channels, samples and types, variations that
 * change nothing, point one way or are extreme, bins without rate or uncertainty, negative templates,
 * precise auxiliary data (τ up to 1e10), overrides, awkward names, and everything listed in no order.
 * pyhf accepts all of them. At the starting point every main bin has a positive rate.
 */
export function randomWorkspace(seed: number): WorkspaceDocument {
	const r = random(seed);
	const plan = makePlan(r);
	const channels = plan.channels.map(({ name, bins }) => randomChannel(r, plan, name, bins));
	return {
		channels: r.shuffled(channels.map((channel) => shuffledChannel(r, channel))),
		measurements: [
			{ name: "main", config: { poi: "mu", parameters: r.shuffled(parameterConfigs(r, channels, 0.3)) } },
			{ name: "plain", config: { poi: "", parameters: parameterConfigs(r, channels, 0) } },
		] satisfies Measurement[],
		observations: r.shuffled([
			...channels.map((channel) => ({ name: channel.name, data: observed(r, channel) })),
			...(r.chance(0.2) ? [{ name: "not in the model", data: [1, 2, 3] }] : []),
		]),
		version: "1.0.0",
	};
}

/** What the channels of one workspace have in common. */
interface Plan {
	readonly channels: readonly { readonly name: string; readonly bins: number }[];
	readonly samples: readonly string[];
	/** Names of `normsys` and `histosys`, which may share them. */
	readonly alphas: readonly string[];
	readonly norms: readonly string[];
	readonly lumi: boolean;
	/** Number of bins of the channels that share the shapefactor `shape`; 0 for none. */
	readonly shapeBins: number;
	/** Samples that carry the staterror `mc` in every channel; none if empty. */
	readonly commonStaterror: readonly string[];
}

const CHANNEL_NAMES = ["SR", "CR_top", "VR", "Z", "a channel", "Ω", "\u{1F600}", "\uFF21"];
const SAMPLE_NAMES = ["signal", "ttbar", "diboson", "Wjets", "Fakes", "__proto__", "constructor"];
const ALPHA_NAMES = ["JES", "JER", "alpha_b", "Theory", "pile-up", "toString", "Ω_syst", "x", "\u{1F600}", "\uFF21"];

function makePlan(r: Random): Plan {
	const channels = r
		.shuffled(CHANNEL_NAMES)
		.slice(0, r.integer(1, 4))
		.map((name) => ({ name, bins: r.integer(1, 6) }));
	const samples = r.shuffled(SAMPLE_NAMES).slice(0, r.integer(1, 5));
	return {
		channels,
		samples,
		alphas: r.shuffled(ALPHA_NAMES).slice(0, r.integer(1, 8)),
		norms: r.some(["norm_a", "norm_b", "k"], 0.4),
		lumi: r.chance(0.5),
		shapeBins: r.chance(0.4) ? r.pick(channels).bins : 0,
		commonStaterror: r.chance(0.3) ? r.some(samples, 0.7) : [],
	};
}

function randomChannel(r: Random, plan: Plan, name: string, bins: number): Channel {
	// The first sample is everywhere and keeps every bin above zero.
	const [base, ...others] = plan.samples as [string, ...string[]];
	const present = [base, ...others.filter((sample) => plan.commonStaterror.includes(sample) || r.chance(0.8))];
	const statistics = r.chance(0.5) ? r.some(present, 0.7) : [];
	const samples = present.map((sample): Sample => {
		const data = sample === base ? times(bins, () => r.between(1, 200)) : nominalRates(r, bins);
		const modifiers: Modifier[] = [
			...alphaModifiers(r, plan.alphas, data),
			...r.some(plan.norms, 0.3).map((norm) => ({ name: norm, type: "normfactor" as const, data: null })),
		];
		if (sample === base && name === plan.channels[0]?.name)
			modifiers.push({ name: "mu", type: "normfactor", data: null });
		if (plan.lumi && r.chance(0.6)) modifiers.push({ name: "lumi", type: "lumi", data: null });
		if (plan.shapeBins === bins && r.chance(0.4)) modifiers.push({ name: "shape", type: "shapefactor", data: null });
		if (r.chance(0.2)) {
			modifiers.push({ name: `unc_${name}_${sample}`, type: "shapesys", data: uncertainties(r, data, true) });
		}
		if (statistics.includes(sample)) {
			modifiers.push({ name: `staterror_${name}`, type: "staterror", data: uncertainties(r, data, false) });
		}
		if (plan.commonStaterror.includes(sample)) {
			modifiers.push({ name: "mc", type: "staterror", data: uncertainties(r, data, false) });
		}
		return { name: sample, data, modifiers };
	});
	return { name, samples };
}

/** Rates over six orders of magnitude, some of them zero and a few slightly negative. */
function nominalRates(r: Random, bins: number): number[] {
	const scale = r.pick([0.01, 1, 10, 10, 100, 10000]);
	return times(bins, () => {
		if (r.chance(0.1)) return 0;
		if (r.chance(0.03)) return r.between(-0.5, 0);
		return Number((scale * r.between(0.2, 2)).toFixed(5));
	});
}

function alphaModifiers(r: Random, names: readonly string[], data: readonly number[]): Modifier[] {
	return r.some(names, 0.6).flatMap((name): Modifier[] => {
		const kind = r.integer(0, 2);
		return [...(kind < 2 ? [normsys(r, name)] : []), ...(kind > 0 ? [histosys(r, name, data)] : [])];
	});
}

function normsys(r: Random, name: string): NormsysModifier {
	const data = (lo: number, hi: number) => ({ name, type: "normsys" as const, data: { lo, hi } });
	if (r.chance(0.1)) return data(1, 1);
	if (r.chance(0.05)) return data(0.01, 100);
	if (r.chance(0.15)) return data(r.between(1, 1.2), r.between(1, 1.3));
	if (r.chance(0.05)) return data(1, r.between(1, 1.3));
	return data(r.between(0.7, 1), r.between(1, 1.4));
}

function histosys(r: Random, name: string, data: readonly number[]): HistosysModifier {
	const varied = (lower: number, upper: number) =>
		data.map((rate) => {
			if (r.chance(0.1)) return rate;
			// Some variations bring events where there were none.
			const offset = r.chance(0.1) ? r.between(0, 0.5) : 0;
			return Number((rate * r.between(lower, upper) + offset).toFixed(5));
		});
	const modifier = (lo_data: readonly number[], hi_data: readonly number[]) => ({
		name,
		type: "histosys" as const,
		data: { lo_data, hi_data },
	});
	if (r.chance(0.1)) return modifier([...data], [...data]);
	if (r.chance(0.15)) return modifier(varied(1, 1.3), varied(1, 1.5));
	if (r.chance(0.05)) return modifier([...data], varied(0.5, 3));
	return modifier(varied(0.7, 1), varied(1, 1.3));
}

/** Absolute uncertainties, some of them zero; `precise` ones may be tiny. */
function uncertainties(r: Random, data: readonly number[], precise: boolean): number[] {
	return data.map((rate) => {
		if (r.chance(0.1)) return 0;
		const relative = precise && r.chance(0.1) ? 1e-5 : r.between(0.02, 0.5);
		return Number((Math.max(rate, 0.01) * relative).toPrecision(6));
	});
}

function observed(r: Random, channel: Channel): number[] {
	const exact = r.chance(0.1);
	return (channel.samples[0] as Sample).data.map((_, bin) => {
		const total = channel.samples.reduce((sum, { data }) => sum + (data[bin] as number), 0);
		if (r.chance(0.05)) return 0;
		const count = total * r.between(0.8, 1.2);
		return exact ? Number(count.toFixed(3)) : Math.round(count);
	});
}

/** The configuration that lumi needs, and overrides of other sets with the given probability each. */
function parameterConfigs(r: Random, channels: readonly Channel[], probability: number): ParameterConfig[] {
	const configs: ParameterConfig[] = r.chance(probability) ? [{ name: "not in the model", inits: [3] }] : [];
	const uses = channels.flatMap(({ name: channel, samples }) =>
		samples.flatMap(({ data, modifiers }) =>
			modifiers.map(({ name, type }) => ({ name, type, channel, bins: data.length })),
		),
	);
	for (const name of new Set(uses.map((use) => use.name))) {
		const { type, bins } = uses.find((use) => use.name === name) as (typeof uses)[number];
		if (type === "lumi") {
			configs.push(lumiConfig(r));
			continue;
		}
		// A staterror has the bins of every channel that it covers.
		const covered = new Map(uses.filter((use) => use.name === name).map((use) => [use.channel, use.bins]));
		const allBins = [...covered.values()].reduce((sum, count) => sum + count, 0);
		const size = type === "staterror" ? allBins : type === "shapefactor" || type === "shapesys" ? bins : 1;
		if (r.chance(probability)) configs.push(override(r, name, type, size));
	}
	return configs;
}

function lumiConfig(r: Random): ParameterConfig {
	const sigma = r.between(0.01, 0.05);
	return {
		name: "lumi",
		inits: [1],
		bounds: [[1 - 5 * sigma, 1 + 5 * sigma]],
		auxdata: [1],
		sigmas: [sigma],
		...(r.chance(0.3) ? { fixed: true } : {}),
	};
}

function override(r: Random, name: string, type: ModifierType, size: number): ParameterConfig {
	const isAlpha = type === "normsys" || type === "histosys";
	const isConstrained = isAlpha || type === "shapesys" || type === "staterror";
	const values = (lower: number, upper: number) => times(size, () => r.between(lower, upper));
	return {
		name,
		...(r.chance(0.5) ? { inits: isAlpha ? values(-0.5, 0.5) : values(0.8, 1.2) } : {}),
		...(r.chance(0.5)
			? { bounds: times(size, () => (isAlpha ? ([-3, 3] as const) : ([r.between(0.01, 0.2), 5] as const))) }
			: {}),
		...(isConstrained && r.chance(0.3) ? { auxdata: isAlpha ? values(-0.5, 0.5) : values(0.8, 1.2) } : {}),
		...(type === "staterror" && r.chance(0.3) ? { sigmas: values(0.05, 0.3) } : {}),
		...(type === "shapesys" && r.chance(0.3) ? { factors: values(5, 100) } : {}),
		...(r.chance(0.3) ? { fixed: r.chance(0.5) } : {}),
	};
}

function shuffledChannel(r: Random, channel: Channel): Channel {
	const samples = channel.samples.map((sample) => ({ ...sample, modifiers: r.shuffled(sample.modifiers) }));
	return { ...channel, samples: r.shuffled(samples) };
}

/**
 * A point in the parameter space of `table`: α inside ±1, exactly at −1, 0 and +1 and beyond; factors near
 * 1, exactly 1, and at the ends of what their bounds allow. Deterministic from the seed.
 */
export function randomParameters(seed: number, table: ParameterTable): number[] {
	const r = random(seed ^ 0x5bd1e995);
	return table.sets.flatMap((set) => times(set.size, (i) => randomValue(r, set, i)));
}

function randomValue(r: Random, set: ParameterSet, i: number): number {
	const [lower, upper] = set.bounds[i] as readonly [number, number];
	const init = set.init[i] as number;
	if (set.modifierTypes.includes("lumi")) return r.between(init - 2 * (set.scale[i] as number), init + 0.05);
	if (set.modifierTypes.includes("normsys") || set.modifierTypes.includes("histosys")) {
		const kind = r.integer(0, 9);
		if (kind < 3) return (kind - 1) as -1 | 0 | 1;
		if (kind < 8) return r.between(-1, 1);
		return r.pick([-1, 1]) * r.between(1, 2.5);
	}
	if (r.chance(0.1)) return init;
	if (r.chance(0.05)) return lower;
	return Math.min(upper, r.between(0.5, 1.6));
}

function times<T>(count: number, make: (index: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index));
}
