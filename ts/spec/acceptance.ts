import type { WorkspaceDocument } from "./document.js";

/**
 * Whether a value read from JSON text has the shape that `schema.ts` describes.
 *
 * It answers for valid documents, nearly all, in a fraction of the schema's time, as it copies nothing and has nothing
 * to explain. Where it says no the schema is asked, which says why; so it may refuse what the schema takes, such as
 * typed arrays, but never the other way round.
 *
 * Only for values that nobody else holds: they become the document as they are. What has getters or changes while it is
 * read has no place here.
 */
export function isAcceptable(value: unknown): value is WorkspaceDocument {
	return (
		isObject(value, 4) &&
		value.version === "1.0.0" &&
		isFilledList(value.channels, isChannel) &&
		isFilledList(value.measurements, isMeasurement) &&
		isFilledList(value.observations, isObservation)
	);
}

type Entries = Readonly<Record<string, unknown>>;

/** An object with `size` keys. With `size` known ones in place there are no others. */
function isObject(value: unknown, size: number): value is Entries {
	return typeof value === "object" && value !== null && !Array.isArray(value) && keyCount(value) === size;
}

function keyCount(value: object): number {
	let count = 0;
	for (const _ in value) count++;
	return count;
}

function isList(value: unknown, isEntry: (entry: unknown) => boolean): value is unknown[] {
	if (!Array.isArray(value)) return false;
	for (let i = 0; i < value.length; i++) {
		if (!isEntry(value[i])) return false;
	}
	return true;
}

function isFilledList(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
	return isList(value, isEntry) && value.length > 0;
}

/** At least one number, all finite. */
function isNumbers(value: unknown): boolean {
	if (!Array.isArray(value) || value.length === 0) return false;
	// Most of a document; a call of isNumber for each would be felt before it is compiled.
	for (let i = 0; i < value.length; i++) {
		const entry = value[i];
		if (typeof entry !== "number" || !Number.isFinite(entry)) return false;
	}
	return true;
}

function isNumber(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value);
}

function isChannel(value: unknown): boolean {
	return isObject(value, 2) && typeof value.name === "string" && isFilledList(value.samples, isSample);
}

function isSample(value: unknown): boolean {
	return (
		isObject(value, 3) && typeof value.name === "string" && isNumbers(value.data) && isList(value.modifiers, isModifier)
	);
}

function isObservation(value: unknown): boolean {
	return isObject(value, 2) && typeof value.name === "string" && isNumbers(value.data);
}

function isModifier(value: unknown): boolean {
	if (!isObject(value, 3) || typeof value.name !== "string") return false;
	const { data } = value;
	switch (value.type) {
		case "histosys":
			return isObject(data, 2) && isNumbers(data.lo_data) && isNumbers(data.hi_data);
		case "normsys":
			return isObject(data, 2) && isNumber(data.lo) && isNumber(data.hi);
		case "staterror":
		case "shapesys":
			return isNumbers(data);
		case "normfactor":
		case "shapefactor":
			return data === null;
		case "lumi":
			return data === null && value.name === "lumi";
		default:
			return false;
	}
}

function isMeasurement(value: unknown): boolean {
	if (!isObject(value, 2) || typeof value.name !== "string") return false;
	const { config } = value;
	return isObject(config, 2) && typeof config.poi === "string" && isList(config.parameters, isParameter);
}

function isParameter(value: unknown): boolean {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
	if (typeof (value as Entries).name !== "string") return false;
	for (const key in value) {
		if (!isAttribute(key, (value as Entries)[key])) return false;
	}
	return true;
}

function isAttribute(key: string, value: unknown): boolean {
	switch (key) {
		case "name":
			return true;
		case "inits":
		case "auxdata":
		case "factors":
		case "sigmas":
			return isNumbers(value);
		case "bounds":
			return isFilledList(value, isBoundsPair);
		case "fixed":
			return typeof value === "boolean";
		default:
			return false;
	}
}

function isBoundsPair(value: unknown): boolean {
	if (!Array.isArray(value) || value.length !== 2) return false;
	const [lower, upper] = value;
	return isNumber(lower) && isNumber(upper) && lower <= upper;
}
