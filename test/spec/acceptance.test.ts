import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { isAcceptable } from "../../ts/spec/acceptance.js";
import { workspaceShape } from "../../ts/spec/schema.js";
import { describeShared } from "../shared.js";
import { mutated, mutation } from "./mutations.js";
import { REMOVED, validWorkspace, withChanges } from "./validWorkspace.js";

const SAMPLE = "channels[0].samples[1]";
const PARAMETER = "measurements[0].config.parameters[0]";

function takesBoth(value: unknown): { acceptable: boolean; schema: boolean } {
	return { acceptable: isAcceptable(value), schema: v.safeParse(workspaceShape().schema, value).success };
}

test("a valid document is acceptable", () => {
	expect(takesBoth(validWorkspace())).toEqual({ acceptable: true, schema: true });
});

// Every value and every key of the schema.
test.each<readonly [path: string, value: unknown]>([
	["version", "1.0.1"],
	["version", REMOVED],
	["metadata", {}],
	["channels", []],
	["channels", {}],
	["channels[0]", null],
	["channels[0]", ["SR", []]],
	["channels[0].name", 5],
	["channels[0].title", "SR"],
	["channels[0].samples", []],
	["channels[0].samples", REMOVED],
	[`${SAMPLE}.name`, null],
	[`${SAMPLE}.data`, []],
	[`${SAMPLE}.data`, 5],
	[`${SAMPLE}.data[1]`, "5"],
	[`${SAMPLE}.data[1]`, Number.POSITIVE_INFINITY],
	[`${SAMPLE}.modifiers`, REMOVED],
	[`${SAMPLE}.color`, "red"],
	[`${SAMPLE}.modifiers[0].name`, 1],
	[`${SAMPLE}.modifiers[0].type`, "overallsys"],
	[`${SAMPLE}.modifiers[0].data`, null],
	[`${SAMPLE}.modifiers[0].data.lo`, null],
	[`${SAMPLE}.modifiers[0].data.hi`, REMOVED],
	[`${SAMPLE}.modifiers[0].data.mid`, 1],
	[`${SAMPLE}.modifiers[0].comment`, ""],
	[`${SAMPLE}.modifiers[1].data.lo_data`, [null]],
	[`${SAMPLE}.modifiers[1].data.hi_data`, []],
	[`${SAMPLE}.modifiers[1].data`, [1, 2]],
	[`${SAMPLE}.modifiers[2].data`, null],
	[`${SAMPLE}.modifiers[3].data[0]`, true],
	["channels[0].samples[0].modifiers[0].data", 0],
	["channels[0].samples[0].modifiers[0].data", REMOVED],
	["channels[0].samples[0].modifiers[1].name", "luminosity"],
	["channels[0].samples[0].modifiers[1].data", []],
	["channels[1].samples[0].modifiers[1].data", false],
	["observations", []],
	["observations[0].data", [Number.NaN]],
	["observations[0].name", REMOVED],
	["observations[0].weight", 1],
	["measurements", null],
	["measurements[0].name", REMOVED],
	["measurements[0].config", []],
	["measurements[0].config.poi", null],
	["measurements[0].config.parameters", REMOVED],
	["measurements[0].config.lumi", 1],
	[`${PARAMETER}.name`, REMOVED],
	[`${PARAMETER}.inits`, []],
	[`${PARAMETER}.inits`, undefined],
	[`${PARAMETER}.bounds`, []],
	[`${PARAMETER}.bounds`, [1, 2]],
	[`${PARAMETER}.bounds[0]`, [1]],
	[`${PARAMETER}.bounds[0]`, [2, 1]],
	[`${PARAMETER}.bounds[0]`, [0, 1, 2]],
	[`${PARAMETER}.auxdata`, "1"],
	[`${PARAMETER}.sigmas[0]`, null],
	[`${PARAMETER}.factors`, 1],
	[`${PARAMETER}.fixed`, 0],
	[`${PARAMETER}.free`, true],
	[PARAMETER, ["lumi"]],
])("neither takes a document with %s: %j", (path, value) => {
	const changed = withChanges(validWorkspace(), { [path]: value });
	expect(takesBoth(changed)).toEqual({ acceptable: false, schema: false });
});

test.each<readonly [path: string, value: unknown]>([
	[PARAMETER, { name: "mu" }],
	[`${PARAMETER}.factors`, [2]],
	[`${SAMPLE}.modifiers`, []],
	["measurements[0].config.parameters", []],
])("both take a document with %s: %j", (path, value) => {
	const changed = withChanges(validWorkspace(), { [path]: value });
	expect(takesBoth(changed)).toEqual({ acceptable: true, schema: true });
});

test("of mutated documents, as text, exactly those are acceptable that the schema takes", () => {
	const taken = { yes: 0, no: 0 };
	fc.assert(
		fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
			let text: string | undefined;
			try {
				text = JSON.stringify(mutated(mutations));
			} catch {
				// A big integer, or a value that contains itself.
			}
			if (text === undefined) return;
			const { acceptable, schema } = takesBoth(JSON.parse(text));
			expect(acceptable).toBe(schema);
			taken[acceptable ? "yes" : "no"]++;
		}),
		{ numRuns: 3000, seed: 20261127 },
	);
	expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(100);
});

describeShared("published workspaces", (shared) => {
	test.each(shared.workspaceFiles())("%s", (file) => {
		const { acceptable, schema } = takesBoth(shared.json(file));
		expect(acceptable).toBe(schema);
	});
});
