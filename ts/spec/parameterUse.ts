import type { Modifier, ModifierType } from "./document.js";
import { channelsAreWhole, type Draft } from "./draft.js";
import type { Finding } from "./finding.js";
import { formatPath, type PathSegment, quote } from "./path.js";

/** Attributes of a parameter configuration that are lists with one entry per parameter. */
export type ListAttribute = "inits" | "bounds" | "auxdata" | "factors" | "sigmas";

/** What the parameters of a modifier type start from and which attributes a measurement may override. */
export interface ParameterKind {
	/** Absent for luminosity, which has no defaults. */
	readonly defaults?: { readonly init: number; readonly bounds: readonly [number, number] };
	readonly attributes: readonly ListAttribute[];
}

const ALPHA: ParameterKind = { defaults: { init: 0, bounds: [-5, 5] }, attributes: ["inits", "bounds", "auxdata"] };
const FREE: ParameterKind = { defaults: { init: 1, bounds: [0, 10] }, attributes: ["inits", "bounds"] };
const GAMMA_DEFAULTS = { init: 1, bounds: [1e-10, 10] } as const;

/** pyhf's requirements of each modifier type. */
export const PARAMETER_KINDS: Readonly<Record<ModifierType, ParameterKind>> = Object.freeze({
	histosys: ALPHA,
	normsys: ALPHA,
	normfactor: FREE,
	shapefactor: FREE,
	shapesys: { defaults: GAMMA_DEFAULTS, attributes: ["inits", "bounds", "auxdata", "factors"] },
	staterror: { defaults: GAMMA_DEFAULTS, attributes: ["inits", "bounds", "auxdata", "sigmas"] },
	lumi: { attributes: ["inits", "bounds", "auxdata", "sigmas"] },
});

function mayShare(a: ModifierType, b: ModifierType): boolean {
	return a === b || (PARAMETER_KINDS[a] === ALPHA && PARAMETER_KINDS[b] === ALPHA);
}

/** The parameters that one modifier name brings. */
export interface ParameterUse {
	readonly name: string;
	/** Type of the first modifier that brings them. */
	readonly type: ModifierType;
	/** How many there are; `undefined` where the modifiers disagree or a part of the document is missing. */
	readonly size: number | undefined;
}

/** One modifier with its place. */
interface Use {
	readonly modifier: Modifier;
	readonly channel: number;
	readonly sample: number;
	readonly index: number;
	readonly channelName: string;
	readonly sampleName: string;
	/** Bins of the sample, `undefined` where its data are left out of the draft. */
	readonly bins: number | undefined;
}

function placeOf({ channel, sample, index }: Use): PathSegment[] {
	return ["channels", channel, "samples", sample, "modifiers", index];
}

/** What the modifiers of one name have in common. */
interface Sharing {
	readonly first: Use;
	/** The first use of each type that does not go with the first. */
	readonly conflicts: Map<ModifierType, Use>;
	/** Every use that goes with the first, where the parameters are one per bin; otherwise empty. */
	readonly perBin: Use[];
}

/**
 * The parameters that the modifiers of a draft bring, by name in document order, and what is wrong with
 * the way in which modifiers share them.
 *
 * Codes: `conflicting-types`, `shapesys-reused`, `shapefactor-length`, `staterror-samples`.
 */
export function collectParameters(draft: Draft): {
	readonly parameters: ReadonlyMap<string, ParameterUse>;
	readonly findings: readonly Finding[];
} {
	const parameters = new Map<string, ParameterUse>();
	const findings: Finding[] = [];
	const whole = channelsAreWhole(draft);
	for (const [name, { first, conflicts, perBin }] of sharingByName(draft)) {
		const { type } = first.modifier;
		const found = [...conflictFindings(first, conflicts), ...sharingFindings(type, perBin, whole)];
		findings.push(...found);
		parameters.set(name, { name, type, size: found.length === 0 ? sizeOf(type, perBin, whole) : undefined });
	}
	return { parameters, findings };
}

function sharingByName(draft: Draft): Map<string, Sharing> {
	const byName = new Map<string, Sharing>();
	draft.channels?.forEach((channel, c) => {
		channel?.samples.forEach((sample, s) => {
			sample?.modifiers.forEach((modifier, m) => {
				if (modifier === undefined) return;
				const { name, type } = modifier;
				const sharing = byName.get(name);
				const conflict = sharing !== undefined && !mayShare(type, sharing.first.modifier.type);
				// Most of ten thousand modifiers only repeat what another has said.
				if (sharing !== undefined && !(conflict ? !sharing.conflicts.has(type) : isPerBin(type))) return;
				const use: Use = {
					modifier,
					channel: c,
					sample: s,
					index: m,
					channelName: channel.name,
					sampleName: sample.name,
					bins: sample.data?.length,
				};
				if (sharing === undefined) {
					byName.set(name, { first: use, conflicts: new Map(), perBin: isPerBin(type) ? [use] : [] });
				} else if (conflict) sharing.conflicts.set(type, use);
				else sharing.perBin.push(use);
			});
		});
	});
	return byName;
}

function isPerBin(type: ModifierType): boolean {
	return type === "shapefactor" || type === "shapesys" || type === "staterror";
}

function conflictFindings(first: Use, conflicts: ReadonlyMap<ModifierType, Use>): Finding[] {
	return [...conflicts].map(([type, use]) => ({
		code: "conflicting-types",
		at: placeOf(use),
		message:
			`${quote(use.modifier.name)} is a ${type} here and a ${first.modifier.type} at ${formatPath(placeOf(first))}; ` +
			"only histosys and normsys share a parameter, so rename one of them",
	}));
}

function sharingFindings(type: ModifierType, uses: readonly Use[], whole: boolean): Finding[] {
	if (type === "shapesys") return shapesysFindings(uses);
	if (type === "shapefactor") return shapefactorFindings(uses);
	// A carrier that was left out would make the others look as if they disagreed.
	return type === "staterror" && whole ? staterrorFindings(uses) : [];
}

function shapesysFindings([first, ...others]: readonly Use[]): Finding[] {
	return others
		.filter(({ channel, sample }) => channel !== first!.channel || sample !== first!.sample)
		.map((use) => ({
			code: "shapesys-reused",
			at: placeOf(use),
			message:
				`shapesys ${quote(use.modifier.name)} stands at ${formatPath(placeOf(first!))} already; its factors belong to ` +
				"one sample in one channel, so give this one a name of its own",
		}));
}

function shapefactorFindings([first, ...others]: readonly Use[]): Finding[] {
	return others
		.filter(({ channel, bins }) => channel !== first!.channel && bins !== undefined && bins !== (first!.bins ?? bins))
		.map((use) => ({
			code: "shapefactor-length",
			at: placeOf(use),
			message:
				`shapefactor ${quote(use.modifier.name)} has one factor for each of the ${first!.bins} bins of channel ` +
				`${quote(first!.channelName)}, but channel ${quote(use.channelName)} has ${use.bins}; give it a name of its own`,
		}));
}

/** pyhf sums a staterror's carriers bin by bin, so each of them must carry it in the same channels. */
function staterrorFindings(uses: readonly Use[]): Finding[] {
	const carriers = new Map<string, Use[]>();
	for (const use of uses) {
		const others = carriers.get(use.sampleName);
		if (others === undefined) carriers.set(use.sampleName, [use]);
		else others.push(use);
	}
	const [reference, ...others] = [...carriers.values()];
	const expected = channelsOf(reference!);
	return others.flatMap((carrier) => {
		const channels = channelsOf(carrier);
		if (channels.size === expected.size && [...channels.keys()].every((channel) => expected.has(channel))) return [];
		const { modifier, sampleName } = carrier[0]!;
		const message =
			`staterror ${quote(modifier.name)} is carried by sample ${quote(sampleName)} in ${[...channels.values()].join(", ")}, ` +
			`but by sample ${quote(reference![0]!.sampleName)} in ${[...expected.values()].join(", ")}; ` +
			"use one name for each channel";
		return [{ code: "staterror-samples", at: placeOf(carrier[0]!), message }];
	});
}

/** Channels by index, as messages name them. */
function channelsOf(uses: readonly Use[]): Map<number, string> {
	return new Map(uses.map(({ channel, channelName }) => [channel, quote(channelName)]));
}

function sizeOf(type: ModifierType, uses: readonly Use[], whole: boolean): number | undefined {
	if (type === "shapesys" || type === "shapefactor") return uses[0]!.bins;
	if (type !== "staterror") return 1;
	if (!whole) return undefined;
	const binsByChannel = new Map(uses.map(({ channel, bins }) => [channel, bins!]));
	return [...binsByChannel.values()].reduce((sum, bins) => sum + bins, 0);
}
