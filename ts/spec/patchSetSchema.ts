import * as v from "valibot";
import { filledList, list } from "./listSchema.js";
import { once } from "./once.js";
import { type ObjectKind, objectKind } from "./schema.js";

/**
 * The shape of a patch set of schema 1.0.0. Metadata may hold more than the schema names. Tags as in
 * `schema.ts`; the operations of each patch are checked by `parsePatch`.
 */
const word = (what: string) =>
	v.pipe(v.string("string"), v.regex(/^[A-Za-z0-9_]+$/, `${what} (letters, digits and underscores)`));

/** The schema of a whole patch set, and every kind of object in one by the tag of its schema; made at first use. */
export const patchSetShape = once(() => {
	const references = v.strictObject(
		{
			hepdata: v.pipe(v.string("string"), v.regex(/^ins[0-9]{7}$/, "an INSPIRE number of HEPData (ins and 7 digits)")),
		},
		"references",
	);

	const digestEntries = {
		md5: v.exactOptional(
			v.pipe(v.string("string"), v.regex(/^[a-f0-9]{32}$/, "an MD5 digest (32 hexadecimal digits)")),
		),
		sha256: v.exactOptional(
			v.pipe(v.string("string"), v.regex(/^[A-Fa-f0-9]{64}$/, "a SHA-256 digest (64 hexadecimal digits)")),
		),
	};

	const metadataEntries = {
		references,
		digests: v.pipe(
			v.strictObject(digestEntries, "digests object"),
			v.check((digests) => Object.keys(digests).length > 0, "digests"),
		),
		labels: filledList(word("a label")),
		description: v.string("string"),
	};

	const pointValue = v.custom<number | string>(
		(value) => typeof value === "string" || Number.isFinite(value),
		"point value",
	);
	const pointEntries = { name: word("a name"), values: list(pointValue) };
	const patchEntries = { metadata: v.looseObject(pointEntries, "point"), patch: v.unknown() };
	const patchSetEntries = {
		metadata: v.looseObject(metadataEntries, "patch set metadata"),
		patches: filledList(v.strictObject(patchEntries, "patch")),
		version: v.literal("1.0.0", "version"),
	};

	const objects: ReadonlyMap<string, ObjectKind> = new Map([
		["patch set", objectKind("a patch set", patchSetEntries)],
		["patch set metadata", objectKind("the metadata of a patch set", metadataEntries)],
		["references", objectKind("the references of a patch set", references.entries)],
		["digests object", objectKind("the digests of a patch set", digestEntries)],
		["patch", objectKind("a patch of a patch set", patchEntries)],
		["point", objectKind("the metadata of a patch", pointEntries)],
	]);
	return { schema: v.strictObject(patchSetEntries, "patch set"), objects };
});
