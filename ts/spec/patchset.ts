import * as v from "valibot";
import { PatchError } from "../errors.js";
import type { Finding } from "./finding.js";
import { readJson } from "./json.js";
import { nearestFew } from "./nearest.js";
import { type PatchOperation, parsePatch } from "./patch.js";
import { patchSetShape } from "./patchSetSchema.js";
import { describe, formatPath, type PathSegment, quote } from "./path.js";
import { schemaFindings } from "./schemaFindings.js";

/** A point of a patch set: a signal hypothesis with its place in the plane of {@link PatchSet.labels}. */
export interface PatchPoint {
	readonly name: string;
	/** One value per label. */
	readonly values: readonly (number | string)[];
}

/**
 * The signal patches of an analysis, as HEPData publishes them: one JSON Patch for each signal point.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PatchSet } from "histfactory";
 *
 * const patchSet = PatchSet.parse({
 * 	metadata: {
 * 		references: { hepdata: "ins1755298" },
 * 		digests: { md5: "098f6bcd4621d373cade4e832627b4f6" },
 * 		labels: ["m1", "m2"],
 * 		description: "signal points",
 * 	},
 * 	patches: [
 * 		{ metadata: { name: "Wh_700_250", values: [700, 250] }, patch: [{ op: "remove", path: "/channels/1" }] },
 * 	],
 * 	version: "1.0.0",
 * });
 * assert.deepEqual(patchSet.names, ["Wh_700_250"]);
 * assert.deepEqual(patchSet.patch([700, 250]), [{ op: "remove", path: "/channels/1" }]);
 * // workspace.model({ patches: [patchSet.patch("Wh_700_250")] })
 * ```
 */
export class PatchSet {
	/** Every point, in the order of the document. */
	readonly points: readonly PatchPoint[];
	/** What the values of a point mean: `["m1", "m2"]`. */
	readonly labels: readonly string[];
	readonly description: string;
	/** Where the analysis is published: `{ hepdata: "ins1755298" }`. */
	readonly references: Readonly<Record<string, string>>;
	/** Digests of the workspace that the patches are for, by algorithm. */
	readonly digests: Readonly<Record<string, string>>;
	private readonly operations: ReadonlyMap<string, readonly PatchOperation[]>;

	private constructor(content: PatchSetContent) {
		const { metadata, patches } = content;
		this.points = Object.freeze(
			patches.map(({ metadata: { name, values } }) => Object.freeze({ name, values: Object.freeze([...values]) })),
		);
		this.labels = Object.freeze([...metadata.labels]);
		this.description = metadata.description;
		this.references = Object.freeze({ ...metadata.references });
		this.digests = Object.freeze({ ...metadata.digests });
		this.operations = new Map(
			patches.map(({ metadata: { name }, patch }, i) => [name, parsePatch(patch, ["patches", i, "patch"])]),
		);
	}

	/**
	 * A patch set from JSON text or from a value already parsed. The values that its operations carry are
	 * those of the input, not copies.
	 *
	 * @throws PatchError with the first problem and the number of others seen with it. Codes: `not-a-patch-set`,
	 * `duplicate-name`, `duplicate-values`, `values-length`, and those of `readJson`, `schemaFindings` and
	 * `parsePatch`.
	 */
	static parse(input: unknown): PatchSet {
		const value = typeof input === "string" ? parsedJson(input) : input;
		if (typeof value !== "object" || value === null || !("patches" in value)) throw notAPatchSet(value);
		const { schema, objects } = patchSetShape();
		const result = v.safeParse(schema, value, { abortEarly: true });
		if (!result.success) throw failure(schemaFindings(result.issues, objects));
		const findings = pointFindings(result.output);
		if (findings.length > 0) throw failure(findings);
		return new PatchSet(result.output);
	}

	/** Names of all points, in the order of the document. */
	get names(): readonly string[] {
		return this.points.map(({ name }) => name);
	}

	/**
	 * The patch of one point, by its name or by its values.
	 *
	 * @throws PatchError `unknown-patch`, with the points that are near.
	 */
	patch(point: string | readonly (number | string)[]): readonly PatchOperation[] {
		const found = this.points.find(({ name, values }) =>
			typeof point === "string" ? name === point : keyOf(values) === keyOf(point),
		);
		if (found !== undefined) return this.operations.get(found.name)!;
		throw new PatchError("unknown-patch", `the patch set has no point ${shown(point)}; ${this.advice(point)}`);
	}

	private advice(point: string | readonly (number | string)[]): string {
		const near = typeof point === "string" ? nearestFew(point, this.names, MOST_NEAR) : this.nearPoints(point);
		return near.length > 0
			? `near it are ${near.join(", ")}`
			: `it begins with ${this.names.slice(0, MOST_NEAR).join(", ")}`;
	}

	/** Names of the points at the least distance, where all values are numbers. */
	private nearPoints(point: readonly (number | string)[]): string[] {
		return this.points
			.map(({ name, values }) => ({ name, values, distance: distance(values, point) }))
			.filter((candidate) => Number.isFinite(candidate.distance))
			.sort((a, b) => a.distance - b.distance)
			.slice(0, MOST_NEAR)
			.map(({ name, values }) => `${name} (${values.join(", ")})`);
	}
}

type PatchSetContent = v.InferOutput<ReturnType<typeof patchSetShape>["schema"]>;

const MOST_NEAR = 5;

function parsedJson(text: string): unknown {
	const reading = readJson(text);
	if ("value" in reading) return reading.value;
	throw failure([reading.finding]);
}

function notAPatchSet(value: unknown): PatchError {
	const message = Array.isArray(value)
		? "this is a list, so probably a single patch; a patch set is an object with metadata, patches, version"
		: `found ${describe(value)} where a patch set, an object with metadata, patches, version, belongs`;
	return new PatchError("not-a-patch-set", message);
}

function failure(findings: readonly Finding[]): PatchError {
	const [first, ...others] = findings;
	const more = others.length === 0 ? "" : ` (and ${others.length} more problem${others.length === 1 ? "" : "s"})`;
	return new PatchError(first!.code, first!.message + more, formatPath(first!.at));
}

/** Points must have one value per label, and differ in name and values. */
function pointFindings({ metadata: { labels }, patches }: PatchSetContent): Finding[] {
	const names = new Map<string, number>();
	const places = new Map<string, number>();
	return patches.flatMap(({ metadata: { name, values } }, i) => {
		const at = ["patches", i, "metadata"];
		const findings = [
			...repeated(names, name, i, `the name ${quote(name)} is that`, "duplicate-name", [...at, "name"]),
			...repeated(places, keyOf(values), i, `the values ${values.join(", ")} are those`, "duplicate-values", [
				...at,
				"values",
			]),
		];
		if (values.length === labels.length) return findings;
		const count = `${values.length} value${values.length === 1 ? "" : "s"}`;
		const message = `has ${count}, but the labels of the patch set are ${labels.join(", ")}; give one value for each`;
		return [...findings, { code: "values-length", at: [...at, "values"], message }];
	});
}

function repeated(
	seen: Map<string, number>,
	key: string,
	index: number,
	label: string,
	code: string,
	at: readonly PathSegment[],
): Finding[] {
	const first = seen.get(key);
	if (first === undefined) seen.set(key, index);
	return first === undefined ? [] : [{ code, at, message: `${label} of patches[${first}] already` }];
}

function keyOf(values: readonly (number | string)[]): string {
	return JSON.stringify(values);
}

function shown(point: string | readonly (number | string)[]): string {
	if (typeof point === "string") return quote(point);
	return `at (${point.map((value) => (typeof value === "string" ? quote(value) : value)).join(", ")})`;
}

function distance(a: readonly (number | string)[], b: readonly (number | string)[]): number {
	if (a.length !== b.length) return Number.NaN;
	return Math.sqrt(a.reduce((sum: number, value, i) => sum + (Number(value) - Number(b[i])) ** 2, 0));
}
