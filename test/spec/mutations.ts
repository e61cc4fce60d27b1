import fc from "fast-check";
import { validWorkspace } from "./validWorkspace.js";

type Path = readonly (string | number)[];

function everyPath(value: unknown, path: Path = []): Path[] {
	if (typeof value !== "object" || value === null) return [path];
	const entries: [string | number, unknown][] = Array.isArray(value)
		? value.map((entry, i) => [i, entry])
		: Object.entries(value);
	return [path, ...entries.flatMap(([key, entry]) => everyPath(entry, [...path, key]))];
}

const paths = everyPath(validWorkspace()).slice(1);
/** JSON Pointers of every part of the valid workspace. */
export const pointers = paths.map((path) => `/${path.join("/")}`);

function valueAt(path: Path): unknown {
	return path.reduce((here, key) => (here as Record<string | number, unknown>)[key], validWorkspace() as unknown);
}

/** What may come to stand at a place: another part of a workspace, or anything at all. */
export const replacement = fc.oneof(
	fc.constantFrom(...paths).map(valueAt),
	fc.constantFrom<unknown>(
		null,
		"",
		"mu",
		"lumi",
		"5",
		0,
		-1,
		1e-12,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		[],
		{},
		true,
	),
	fc.double(),
	fc.jsonValue(),
	fc.anything(),
);

/** A place in the valid workspace, with what comes to stand there or whether it is taken away. */
export const mutation = fc.record({ path: fc.constantFrom(...paths), remove: fc.boolean(), value: replacement });

/** The valid workspace after some mutations. */
export function mutated(mutations: readonly { path: Path; remove: boolean; value: unknown }[]): unknown {
	const document = validWorkspace() as unknown;
	for (const { path, remove, value } of mutations) {
		const key = path.at(-1)!;
		const parent = path
			.slice(0, -1)
			.reduce<unknown>((here, step) => (here as Record<string | number, unknown> | undefined | null)?.[step], document);
		if (typeof parent !== "object" || parent === null) continue;
		if (!remove) (parent as Record<string | number, unknown>)[key] = value;
		else if (Array.isArray(parent)) parent.splice(Number(key), 1);
		else delete (parent as Record<string | number, unknown>)[key];
	}
	return document;
}
