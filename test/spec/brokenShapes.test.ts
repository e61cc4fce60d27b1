import { describe, test } from "vitest";
import { type BrokenCase, expectProblems } from "./brokenCase.js";
import { REMOVED } from "./validWorkspace.js";

const SIGNAL = "channels[0].samples[0]";
const BACKGROUND = "channels[0].samples[1]";
const PARAMETERS = "measurements[0].config.parameters";

describe("workspaces that the schema refuses", () => {
	describe("shape", () => {
		test.each<BrokenCase>([
			{
				title: "no channels key",
				changes: { channels: REMOVED },
				problems: ["missing-key at channels: missing; a workspace needs 'channels'"],
			},
			{
				title: "no channels",
				changes: { channels: [] },
				problems: ["empty-list at channels: the list is empty; give at least one entry"],
			},
			{
				title: "channels as an object",
				changes: { channels: { SR: 1 } },
				problems: ["wrong-type at channels: found an object where a list belongs"],
			},
			{
				title: "a key of no meaning",
				changes: { toys: [] },
				problems: [
					"unknown-key at toys: unknown key 'toys'; a workspace has only channels, measurements, observations, version",
				],
			},
			{
				title: "a misspelt key, told once though it is also missing",
				changes: { observation: [{ name: "SR", data: [1, 2] }], observations: REMOVED },
				problems: ["unknown-key at observation: unknown key 'observation'; did you mean 'observations'?"],
			},
			{
				title: "a number as version",
				changes: { version: 1 },
				problems: [
					"unsupported-version at version: found the number 1; only version '1.0.0' (a string) of the schema can be read",
				],
			},
			{
				title: "another version",
				changes: { version: "1.1.0" },
				problems: [
					"unsupported-version at version: found the string '1.1.0'; only version '1.0.0' (a string) of the schema can be read",
				],
			},
			{
				title: "a channel without samples",
				changes: { "channels[1].samples": [] },
				problems: ["empty-list at channels[1].samples: the list is empty; give at least one entry"],
			},
			{
				title: "null in place of a channel",
				changes: { "channels[1]": null },
				problems: ["wrong-type at channels[1]: found null where an object with name, samples belongs"],
			},
			{
				title: "a list in place of a channel",
				changes: { "channels[1]": ["CR"] },
				problems: ["wrong-type at channels[1]: found an array where an object with name, samples belongs"],
			},
			{
				title: "a number as name",
				changes: { "channels[1].name": 7 },
				problems: ["wrong-type at channels[1].name: found the number 7 where a string belongs"],
			},
			{
				title: "a sample without modifiers",
				changes: { [`${SIGNAL}.modifiers`]: REMOVED },
				problems: ["missing-key at channels[0].samples[0].modifiers: missing; a sample needs 'modifiers'"],
			},
			{
				title: "a misspelt optional key",
				changes: { [`${PARAMETERS}[1].init`]: [1] },
				problems: [
					"unknown-key at measurements[0].config.parameters[1].init: unknown key 'init'; did you mean 'inits'?",
				],
			},
			{
				title: "null as POI",
				changes: { "measurements[0].config.poi": null },
				problems: ["wrong-type at measurements[0].config.poi: found null where a string belongs"],
			},
			{
				title: "a measurement without config",
				changes: { "measurements[0].config": REMOVED },
				problems: ["missing-key at measurements[0].config: missing; a measurement needs 'config'"],
			},
			{
				title: "parameters as an object",
				changes: { [PARAMETERS]: { mu: {} } },
				problems: ["wrong-type at measurements[0].config.parameters: found an object where a list belongs"],
			},
			{
				title: "a string as fixed",
				changes: { [`${PARAMETERS}[1].fixed`]: "true" },
				problems: [
					"wrong-type at measurements[0].config.parameters[1].fixed: found the string 'true' where true or false belongs",
				],
			},
		])("$title", expectProblems);
	});

	describe("modifiers", () => {
		test.each<BrokenCase>([
			{
				title: "a misspelt type gives one problem",
				changes: { [`${BACKGROUND}.modifiers[0].type`]: "normsyst" },
				problems: [
					"unknown-modifier-type at channels[0].samples[1].modifiers[0].type: there is no modifier type 'normsyst'; did you mean 'normsys'?",
				],
			},
			{
				title: "the type that HistFactory XML has",
				changes: { [`${BACKGROUND}.modifiers[0].type`]: "OverallSys" },
				problems: [
					"unknown-modifier-type at channels[0].samples[1].modifiers[0].type: there is no modifier type 'OverallSys'; did you mean 'normsys'?",
				],
			},
			{
				title: "a type like no other",
				changes: { [`${BACKGROUND}.modifiers[0].type`]: "spline" },
				problems: [
					"unknown-modifier-type at channels[0].samples[1].modifiers[0].type: there is no modifier type 'spline'; choose one of histosys, normsys, staterror, shapesys, normfactor, shapefactor, lumi",
				],
			},
			{
				title: "control characters do not reach the terminal",
				changes: { [`${BACKGROUND}.modifiers[0].type`]: "norm\u001b[31msys\ud800" },
				problems: [
					"unknown-modifier-type at channels[0].samples[1].modifiers[0].type: there is no modifier type 'norm\\u001b[31msys\\ud800'; choose one of histosys, normsys, staterror, shapesys, normfactor, shapefactor, lumi",
				],
			},
			{
				title: "no type",
				changes: { [`${BACKGROUND}.modifiers[0].type`]: REMOVED },
				problems: ["missing-key at channels[0].samples[1].modifiers[0].type: missing; a modifier needs 'type'"],
			},
			{
				title: "a number as type",
				changes: { [`${BACKGROUND}.modifiers[0].type`]: 3 },
				problems: [
					"wrong-type at channels[0].samples[1].modifiers[0].type: found the number 3 where a modifier type (histosys, normsys, staterror, shapesys, normfactor, shapefactor, lumi) belongs",
				],
			},
			{
				title: "a name in place of a modifier",
				changes: { [`${BACKGROUND}.modifiers[0]`]: "jes" },
				problems: [
					"wrong-type at channels[0].samples[1].modifiers[0]: found the string 'jes' where an object with name, type, data belongs",
				],
			},
			{
				title: "data of a normfactor",
				changes: { [`${SIGNAL}.modifiers[0].data`]: [] },
				problems: [
					"wrong-type at channels[0].samples[0].modifiers[0].data: found an empty array where null belongs; a normfactor carries no data",
				],
			},
			{
				title: "a normfactor without data",
				changes: { [`${SIGNAL}.modifiers[0].data`]: REMOVED },
				problems: ["missing-key at channels[0].samples[0].modifiers[0].data: missing; a normfactor has 'data': null"],
			},
			{
				title: "a lumi of another name",
				changes: { [`${SIGNAL}.modifiers[1].name`]: "luminosity" },
				problems: [
					"lumi-name at channels[0].samples[0].modifiers[1].name: found the string 'luminosity'; a lumi modifier is always named 'lumi'",
				],
			},
			{
				title: "a normsys as a pair",
				changes: { [`${BACKGROUND}.modifiers[0].data`]: [0.9, 1.1] },
				problems: [
					"wrong-type at channels[0].samples[1].modifiers[0].data: found an array where an object with lo, hi belongs",
				],
			},
			{
				title: "high for hi",
				changes: { [`${BACKGROUND}.modifiers[0].data`]: { lo: 0.9, high: 1.1 } },
				problems: [
					"unknown-key at channels[0].samples[1].modifiers[0].data.high: unknown key 'high'; did you mean 'hi'?",
				],
			},
			{
				title: "a histosys without data",
				changes: { [`${BACKGROUND}.modifiers[1].data`]: null },
				problems: [
					"wrong-type at channels[0].samples[1].modifiers[1].data: found null where an object with lo_data, hi_data belongs",
				],
			},
			{
				title: "a histosys without lo_data",
				changes: { [`${BACKGROUND}.modifiers[1].data.lo_data`]: REMOVED },
				problems: [
					"missing-key at channels[0].samples[1].modifiers[1].data.lo_data: missing; the data of a histosys needs 'lo_data'",
				],
			},
		])("$title", expectProblems);
	});

	describe("numbers", () => {
		test.each<BrokenCase>([
			{
				title: "strings, told once with their number",
				changes: { [`${BACKGROUND}.data`]: ["50", "60"] },
				problems: [
					"number-as-string at channels[0].samples[1].data[0]: found the string '50' where a number belongs; remove the quotes (1 more entry of this list likewise)",
				],
			},
			{
				title: "a word",
				changes: { [`${BACKGROUND}.data[0]`]: "many" },
				problems: ["not-a-number at channels[0].samples[1].data[0]: found the string 'many' where a number belongs"],
			},
			{
				title: "NaN",
				changes: { [`${BACKGROUND}.data[0]`]: Number.NaN },
				problems: ["nan at channels[0].samples[1].data[0]: found NaN where a finite number belongs"],
			},
			{
				title: "Infinity",
				changes: { [`${BACKGROUND}.modifiers[0].data.hi`]: Number.POSITIVE_INFINITY },
				problems: [
					"infinite at channels[0].samples[1].modifiers[0].data.hi: found Infinity where a finite number belongs (beyond 1.8e308 a number reads as infinite)",
				],
			},
			{
				title: "minus Infinity",
				changes: { [`${BACKGROUND}.data[1]`]: Number.NEGATIVE_INFINITY },
				problems: [
					"infinite at channels[0].samples[1].data[1]: found -Infinity where a finite number belongs (beyond 1.8e308 a number reads as infinite)",
				],
			},
			{
				title: "null",
				changes: { [`${BACKGROUND}.data[1]`]: null },
				problems: [
					"null-number at channels[0].samples[1].data[1]: found null where a number belongs; some programs write null for a value that is not finite",
				],
			},
			{
				title: "true",
				changes: { [`${BACKGROUND}.data[0]`]: true },
				problems: ["not-a-number at channels[0].samples[1].data[0]: found true where a number belongs"],
			},
			{
				title: "two kinds of mistake in one list",
				changes: { [`${BACKGROUND}.data`]: ["50", null] },
				problems: [
					"number-as-string at channels[0].samples[1].data[0]: found the string '50' where a number belongs; remove the quotes",
					"null-number at channels[0].samples[1].data[1]: found null where a number belongs; some programs write null for a value that is not finite",
				],
			},
			{
				title: "a list in a list",
				changes: { [`${BACKGROUND}.data`]: [[50, 60]] },
				problems: ["not-a-number at channels[0].samples[1].data[0]: found an array where a number belongs"],
			},
			{
				title: "a number in place of a list",
				changes: { [`${BACKGROUND}.data`]: 50 },
				problems: [
					"wrong-type at channels[0].samples[1].data: found the number 50 where a list of numbers belongs; put it in brackets",
				],
			},
			{
				title: "an empty list",
				changes: { [`${BACKGROUND}.data`]: [] },
				problems: ["empty-list at channels[0].samples[1].data: the list is empty; give one number per bin"],
			},
			{
				title: "bounds that are no pairs",
				changes: { [`${PARAMETERS}[1].bounds`]: [0, 5] },
				problems: [
					"wrong-type at measurements[0].config.parameters[1].bounds[0]: found the number 0 where a pair [lower, upper] belongs; bounds are a list of pairs, one per parameter",
				],
			},
			{
				title: "bounds of three numbers",
				changes: { [`${PARAMETERS}[1].bounds`]: [[0, 5, 10]] },
				problems: [
					"bounds-length at measurements[0].config.parameters[1].bounds[0]: found 3 values; bounds are pairs [lower, upper]",
				],
			},
			{
				title: "bounds in the wrong order",
				changes: { [`${PARAMETERS}[1].bounds`]: [[5, 0]] },
				problems: [
					"bounds-order at measurements[0].config.parameters[1].bounds[0]: the lower bound 5 is above the upper bound 0",
				],
			},
			{
				title: "a string in bounds",
				changes: { [`${PARAMETERS}[1].bounds`]: [[0, "5"]] },
				problems: [
					"number-as-string at measurements[0].config.parameters[1].bounds[0][1]: found the string '5' where a number belongs; remove the quotes",
				],
			},
		])("$title", expectProblems);
	});
});
