import { ModelError } from "../errors.js";
import type { Channel, ModifierType, ParameterConfig } from "../spec/document.js";
import { byName } from "./nameOrder.js";
import {
	MODIFIER_TYPE_ORDER,
	modifierDefaults,
	type ParameterDefaults,
	type PlainModifier,
	type StaterrorCarriers,
	staterrorDefaults,
} from "./parameterDefaults.js";

/** What constrains a parameter besides the main data. */
export type Constraint = "none" | "gaussian" | "poisson";

/**
 * The parameters that one modifier name brings: one for `normsys`, `histosys`, `normfactor`, `lumi`,
 * one per bin for `shapefactor`, `shapesys`, `staterror`. Arrays have length `size`.
 */
export interface ParameterSet {
	readonly name: string;
	/** Index of the first parameter in the model's parameter vector. */
	readonly first: number;
	readonly size: number;
	/** `true`: labelled `name`; `false`: labelled `name[i]`, also when `size` is 1. */
	readonly scalar: boolean;
	readonly constraint: Constraint;
	readonly init: readonly number[];
	readonly bounds: readonly (readonly [number, number])[];
	readonly fixed: readonly boolean[];
	/** Nominal auxiliary measurement; empty where `constraint` is `"none"`. */
	readonly auxdata: readonly number[];
	/** Gaussian: the standard deviation σ. Poisson: the factor τ with mean θτ. Empty where `"none"`. */
	readonly scale: readonly number[];
	/** Modifier types that use this set, sorted (`["histosys", "normsys"]` where the name is shared). */
	readonly modifierTypes: readonly string[];
}

/** Every parameter of a model, in pyhf's order (`par_order`). */
export interface ParameterTable {
	readonly sets: readonly ParameterSet[];
	/** Number of parameters. */
	readonly size: number;
	/** One label per parameter: `mu`, `staterror_SR[3]`. */
	readonly names: readonly string[];
	/** Index of the parameter of interest, `undefined` where the model has none. */
	readonly poiIndex: number | undefined;
}

/**
 * The parameters that the modifiers of `channels` bring, with a measurement's `configs` applied.
 *
 * Order: by type (histosys, lumi, normfactor, normsys, shapefactor, shapesys, staterror); within a type
 * by first use in sorted channels, sorted samples, sorted modifiers, but staterror sets by name. A set
 * shared by two types stands with the first. Configurations of parameters that the model does not have
 * are passed over, and a `poi` that it does not have (or `""`) leaves `poiIndex` undefined.
 *
 * @param path - Place of the measurement in the document, for messages: `measurements[0]`.
 * @throws ModelError `no-parameters`, `poi-not-scalar`, `missing-lumi-config`.
 */
export function buildParameterTable(
	channels: readonly Channel[],
	configs: readonly ParameterConfig[],
	poi: string,
	path = "measurement",
): ParameterTable {
	const configByName = new Map(configs.map((config) => [config.name, config]));
	const drafts = draftSets(channels, () => lumiDefaults(configByName.get("lumi"), `${path}.config.parameters`));
	if (drafts.size === 0) {
		throw new ModelError(
			"no-parameters",
			"no sample has a modifier, so the model has no parameters; add at least one, such as a normfactor",
			"channels",
		);
	}
	const sets: ParameterSet[] = [];
	const names: string[] = [];
	let poiIndex: number | undefined;
	for (const [name, draft] of drafts) {
		const set = configuredSet(name, names.length, draft, configByName.get(name));
		if (name === poi) {
			if (set.size > 1) {
				throw new ModelError(
					"poi-not-scalar",
					`'${poi}' has ${set.size} components, one per bin; a parameter of interest must be a single number`,
					`${path}.config.poi`,
				);
			}
			poiIndex = set.first;
		}
		for (let i = 0; i < set.size; i++) names.push(set.scalar ? name : `${name}[${i}]`);
		sets.push(set);
	}
	return Object.freeze({ sets: Object.freeze(sets), size: names.length, names: Object.freeze(names), poiIndex });
}

interface DraftSet {
	readonly defaults: ParameterDefaults;
	readonly modifierTypes: ModifierType[];
}

/** Every parameter set by name, in pyhf's order. */
function draftSets(channels: readonly Channel[], lumi: () => ParameterDefaults): Map<string, DraftSet> {
	const drafts = new Map<string, DraftSet>();
	const byType = firstUses(channels);
	for (const type of MODIFIER_TYPE_ORDER) {
		for (const [name, defaults] of byType.get(type) ?? []) {
			const draft = drafts.get(name);
			if (draft === undefined) drafts.set(name, { defaults: defaults ?? lumi(), modifierTypes: [type] });
			else draft.modifierTypes.push(type);
		}
	}
	return drafts;
}

/** For each type: names in the order of their first use, with their defaults (`lumi` has none of its own). */
function firstUses(channels: readonly Channel[]): Map<ModifierType, Map<string, ParameterDefaults | undefined>> {
	const uses = new Map<ModifierType, Map<string, ParameterDefaults | undefined>>(
		MODIFIER_TYPE_ORDER.map((type) => [type, new Map()]),
	);
	const staterrors = new Map<string, StaterrorCarriers[]>();
	for (const channel of byName(channels)) {
		const carriersHere = new Map<string, StaterrorCarriers[number][]>();
		for (const sample of byName(channel.samples)) {
			const unseen: PlainModifier[] = [];
			for (const modifier of sample.modifiers) {
				if (modifier.type === "staterror") push(carriersHere, modifier.name, [sample, modifier]);
				else if (modifier.type === "lumi") uses.get("lumi")?.set(modifier.name, undefined);
				else if (!uses.get(modifier.type)?.has(modifier.name)) unseen.push(modifier);
			}
			for (const modifier of byName(unseen)) {
				uses.get(modifier.type)?.set(modifier.name, modifierDefaults(modifier, sample));
			}
		}
		for (const [name, carriers] of carriersHere) push(staterrors, name, carriers);
	}
	const named = byName([...staterrors].map(([name, carriers]) => ({ name, carriers })));
	uses.set("staterror", new Map(named.map(({ name, carriers }) => [name, staterrorDefaults(carriers)])));
	return uses;
}

function push<T>(lists: Map<string, T[]>, name: string, item: T): void {
	const list = lists.get(name);
	if (list === undefined) lists.set(name, [item]);
	else list.push(item);
}

/** Luminosity has no defaults of its own: its value and uncertainty are the measurement's to say. */
function lumiDefaults(config: ParameterConfig | undefined, path: string): ParameterDefaults {
	const { inits, bounds, auxdata, sigmas } = config ?? {};
	if (inits === undefined || bounds === undefined || auxdata === undefined || sigmas === undefined) {
		throw new ModelError(
			"missing-lumi-config",
			"samples carry a lumi modifier; give the parameter 'lumi' its inits, bounds, auxdata and sigmas",
			path,
		);
	}
	return { size: 1, scalar: true, constraint: "gaussian", init: inits, bounds, fixed: [false], auxdata, scale: sigmas };
}

/** A set in its place, the measurement's word over the default's. */
function configuredSet(
	name: string,
	first: number,
	{ defaults, modifierTypes }: DraftSet,
	config: ParameterConfig | undefined,
): ParameterSet {
	const { size, scalar, constraint } = defaults;
	const bounds = config?.bounds ?? defaults.bounds;
	const fixed = config?.fixed;
	const auxdata = constraint === "none" ? undefined : config?.auxdata;
	const scale = { none: undefined, gaussian: config?.sigmas, poisson: config?.factors }[constraint];
	return Object.freeze({
		name,
		first,
		size,
		scalar,
		constraint,
		init: frozenCopy(config?.inits ?? defaults.init),
		bounds: Object.freeze(bounds.map(([lower, upper]) => Object.freeze([lower, upper] as const))),
		fixed: frozenCopy(fixed === undefined ? defaults.fixed : defaults.fixed.map(() => fixed)),
		auxdata: frozenCopy(auxdata ?? defaults.auxdata),
		scale: frozenCopy(scale ?? defaults.scale),
		modifierTypes: frozenCopy(modifierTypes),
	});
}

// A copy, since the document and the defaults above stay unfrozen.
function frozenCopy<T>(values: readonly T[]): readonly T[] {
	return Object.freeze([...values]);
}
