import * as v from "valibot";
import type { ModifierType } from "./document.js";
import { filledList, list } from "./listSchema.js";
import { once } from "./once.js";

/**
 * The shape of schema 1.0.0, as valibot schemas. What parses is built anew, so it shares nothing with the
 * input. Each schema's `message` is a tag that `schemaFindings.ts` turns into text; it is never shown.
 */

/** `undefined` unless all are finite numbers: one loop, since this is most of a document. */
function copyOfNumbers(input: unknown): number[] | undefined {
	if (!isNumberList(input) || input.length === 0) return undefined;
	const copy: number[] = [];
	for (let i = 0; i < input.length; i++) {
		const entry = input[i];
		if (typeof entry !== "number" || !Number.isFinite(entry)) return undefined;
		copy.push(entry);
	}
	return copy;
}

/** Whether entries may be read from it by index: an array or a typed array. */
export function isNumberList(input: unknown): input is ArrayLike<unknown> {
	return Array.isArray(input) || (ArrayBuffer.isView(input) && "length" in input);
}

/** The modifier types, most frequent first. */
export const MODIFIER_TYPES: readonly string[] = [
	"histosys",
	"normsys",
	"staterror",
	"shapesys",
	"normfactor",
	"shapefactor",
	"lumi",
] satisfies ModifierType[];

/** What a kind of object is called, and its keys. */
export interface ObjectKind {
	readonly noun: string;
	readonly keys: readonly string[];
	/** Those of the keys that may not be absent. */
	readonly required: readonly string[];
}

/** The kind of object that a schema with these entries takes. */
export function objectKind(noun: string, entries: Readonly<Record<string, v.GenericSchema>>): ObjectKind {
	const keys = Object.keys(entries);
	return { noun, keys, required: keys.filter((key) => entries[key]!.type !== "exact_optional") };
}

/**
 * The schema of a whole workspace, and every kind of object in one by the tag of its schema. Made at first use: it takes
 * a millisecond, and text that is acceptable needs none of it.
 */
export const workspaceShape = once(() => {
	/** Numbers per bin in a list or typed array, all finite, at least one; a plain array comes out. */
	const numbers = v.pipe(
		v.unknown(),
		v.rawTransform<unknown, number[]>(({ dataset, addIssue, NEVER }) => {
			const copy = copyOfNumbers(dataset.value);
			if (copy !== undefined) return copy;
			addIssue({ message: "numbers" });
			return NEVER;
		}),
	);

	/** A lower and an upper bound. */
	const boundsPair = v.pipe(
		v.unknown(),
		v.rawTransform<unknown, [number, number]>(({ dataset, addIssue, NEVER }) => {
			const [lower, upper, ...others] = copyOfNumbers(dataset.value) ?? [];
			if (lower !== undefined && upper !== undefined && others.length === 0 && lower <= upper) return [lower, upper];
			addIssue({ message: "bounds pair" });
			return NEVER;
		}),
	);

	const number = v.custom<number>((value) => Number.isFinite(value), "number");
	const string = v.string("string");
	const nothing = v.null("null");

	const histosysData = { lo_data: numbers, hi_data: numbers };
	const normsysData = { lo: number, hi: number };

	const modifierEntries = {
		histosys: {
			name: string,
			type: v.literal("histosys", "type"),
			data: v.strictObject(histosysData, "histosys data"),
		},
		normsys: {
			name: string,
			type: v.literal("normsys", "type"),
			data: v.strictObject(normsysData, "normsys data"),
		},
		staterror: { name: string, type: v.literal("staterror", "type"), data: numbers },
		shapesys: { name: string, type: v.literal("shapesys", "type"), data: numbers },
		normfactor: { name: string, type: v.literal("normfactor", "type"), data: nothing },
		shapefactor: { name: string, type: v.literal("shapefactor", "type"), data: nothing },
		lumi: { name: v.literal("lumi", "lumi name"), type: v.literal("lumi", "type"), data: nothing },
	};

	const modifiers = {
		histosys: v.strictObject(modifierEntries.histosys, "modifier"),
		normsys: v.strictObject(modifierEntries.normsys, "modifier"),
		staterror: v.strictObject(modifierEntries.staterror, "modifier"),
		shapesys: v.strictObject(modifierEntries.shapesys, "modifier"),
		normfactor: v.strictObject(modifierEntries.normfactor, "modifier"),
		shapefactor: v.strictObject(modifierEntries.shapefactor, "modifier"),
		lumi: v.strictObject(modifierEntries.lumi, "modifier"),
	};

	const anyModifier = v.variant(
		"type",
		[
			modifiers.histosys,
			modifiers.normsys,
			modifiers.staterror,
			modifiers.shapesys,
			modifiers.normfactor,
			modifiers.shapefactor,
			modifiers.lumi,
		],
		"modifier",
	);

	const modifierByType: ReadonlyMap<unknown, typeof anyModifier> = new Map(Object.entries(modifiers)) as never;

	// The variant tries one type after the other and builds an issue for each that is not it, which for ten
	// thousand modifiers is most of the time; it is left for what has no known type.
	const modifier = v.lazy(
		(input) => modifierByType.get((input as { readonly type?: unknown } | null)?.type) ?? anyModifier,
	);

	const sampleEntries = { name: string, data: numbers, modifiers: list(modifier) };
	const channelEntries = { name: string, samples: filledList(v.strictObject(sampleEntries, "sample")) };
	const observationEntries = { name: string, data: numbers };
	const parameterEntries = {
		name: string,
		inits: v.exactOptional(numbers),
		bounds: v.exactOptional(filledList(boundsPair)),
		auxdata: v.exactOptional(numbers),
		factors: v.exactOptional(numbers),
		sigmas: v.exactOptional(numbers),
		fixed: v.exactOptional(v.boolean("boolean")),
	};
	const configEntries = { poi: string, parameters: list(v.strictObject(parameterEntries, "parameter")) };
	const measurementEntries = { name: string, config: v.strictObject(configEntries, "config") };
	const workspaceEntries = {
		channels: filledList(v.strictObject(channelEntries, "channel")),
		measurements: filledList(v.strictObject(measurementEntries, "measurement")),
		observations: filledList(v.strictObject(observationEntries, "observation")),
		version: v.literal("1.0.0", "version"),
	};

	const objects: ReadonlyMap<string, ObjectKind> = new Map([
		["workspace", objectKind("a workspace", workspaceEntries)],
		["channel", objectKind("a channel", channelEntries)],
		["sample", objectKind("a sample", sampleEntries)],
		["modifier", objectKind("a modifier", modifierEntries.normsys)],
		["histosys data", objectKind("the data of a histosys", histosysData)],
		["normsys data", objectKind("the data of a normsys", normsysData)],
		["observation", objectKind("an observation", observationEntries)],
		["measurement", objectKind("a measurement", measurementEntries)],
		["config", objectKind("the config of a measurement", configEntries)],
		["parameter", objectKind("a parameter configuration", parameterEntries)],
	]);
	return { schema: v.strictObject(workspaceEntries, "workspace"), objects };
});
