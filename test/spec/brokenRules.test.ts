import { describe, test } from "vitest";
import { type BrokenCase, expectProblems } from "./brokenCase.js";
import { REMOVED } from "./validWorkspace.js";

const SIGNAL = "channels[0].samples[0]";
const BACKGROUND = "channels[0].samples[1]";
const CONTROL = "channels[1].samples[0]";
const PARAMETERS = "measurements[0].config.parameters";

describe("workspaces that break a rule beyond the schema", () => {
	describe("names", () => {
		test.each<BrokenCase>([
			{
				title: "two channels",
				changes: { "channels[1].name": "SR" },
				problems: [
					"duplicate-channel at channels[1]: 'SR' stands at channels[0] already; remove or rename one of them",
				],
			},
			{
				title: "two samples in a channel",
				changes: { [`${SIGNAL}.name`]: "background" },
				problems: [
					"duplicate-sample at channels[0].samples[1]: 'background' stands at channels[0].samples[0] already; remove or rename one of them",
				],
			},
			{
				title: "two modifiers of one type in a sample",
				changes: { [`${BACKGROUND}.modifiers[4]`]: { name: "jes", type: "normsys", data: { lo: 0.9, hi: 1.1 } } },
				problems: [
					"duplicate-modifier at channels[0].samples[1].modifiers[4]: normsys 'jes' stands at channels[0].samples[1].modifiers[0] already; remove or rename one of them",
				],
			},
			{
				title: "two observations",
				changes: { "observations[2]": { name: "SR", data: [1, 2] } },
				problems: [
					"duplicate-observation at observations[2]: 'SR' stands at observations[0] already; remove or rename one of them",
				],
			},
			{
				title: "two measurements",
				changes: {
					"measurements[1]": {
						name: "limits",
						config: {
							poi: "",
							parameters: [{ name: "lumi", inits: [1], bounds: [[0.5, 1.5]], auxdata: [1], sigmas: [0.02] }],
						},
					},
				},
				problems: [
					"duplicate-measurement at measurements[1]: 'limits' stands at measurements[0] already; remove or rename one of them",
				],
			},
			{
				title: "two configurations",
				changes: { [`${PARAMETERS}[2]`]: { name: "mu", inits: [1] } },
				problems: [
					"duplicate-parameter at measurements[0].config.parameters[2]: 'mu' stands at measurements[0].config.parameters[1] already; remove or rename one of them",
				],
			},
			{
				title: "two configurations of a parameter that is not in the model",
				changes: { [`${PARAMETERS}[2]`]: { name: "gone" }, [`${PARAMETERS}[3]`]: { name: "gone" } },
				problems: [
					"duplicate-parameter at measurements[0].config.parameters[3]: 'gone' stands at measurements[0].config.parameters[2] already; remove or rename one of them",
				],
			},
		])("$title", expectProblems);
	});

	describe("lengths", () => {
		test.each<BrokenCase>([
			{
				title: "one sample unlike the others and the observation",
				changes: { [`${SIGNAL}.data`]: [5] },
				problems: [
					"sample-length at channels[0].samples[0].data: has 1 bin, but channel 'SR' has 2; give one rate for each bin",
				],
			},
			{
				title: "a histosys",
				changes: { [`${BACKGROUND}.modifiers[1].data.lo_data`]: [48] },
				problems: [
					"modifier-length at channels[0].samples[1].modifiers[1].data.lo_data: has 1 bin, but sample 'background' has 2; give one value for each bin",
				],
			},
			{
				title: "a staterror",
				changes: { [`${BACKGROUND}.modifiers[2].data`]: [2, 3, 4] },
				problems: [
					"modifier-length at channels[0].samples[1].modifiers[2].data: has 3 bins, but sample 'background' has 2; give one value for each bin",
				],
			},
			{
				title: "two errors that cancel in the sum over channels",
				changes: {
					[`${BACKGROUND}.modifiers[0]`]: { name: "tilt", type: "histosys", data: { lo_data: [1], hi_data: [1] } },
					[`${CONTROL}.modifiers[0]`]: {
						name: "tilt",
						type: "histosys",
						data: { lo_data: [1, 2, 3, 4], hi_data: [1, 2, 3, 4] },
					},
				},
				problems: [
					"modifier-length at channels[0].samples[1].modifiers[0].data.lo_data: has 1 bin, but sample 'background' has 2; give one value for each bin",
					"modifier-length at channels[0].samples[1].modifiers[0].data.hi_data: has 1 bin, but sample 'background' has 2; give one value for each bin",
					"modifier-length at channels[1].samples[0].modifiers[0].data.lo_data: has 4 bins, but sample 'background' has 3; give one value for each bin",
					"modifier-length at channels[1].samples[0].modifiers[0].data.hi_data: has 4 bins, but sample 'background' has 3; give one value for each bin",
				],
			},
			{
				title: "an observation",
				changes: { "observations[1].data": [505, 606] },
				problems: [
					"observation-length at observations[1].data: has 2 bins, but channel 'CR' has 3; give one count for each bin",
				],
			},
		])("$title", expectProblems);
	});

	describe("observations", () => {
		test.each<BrokenCase>([
			{
				title: "none for a channel",
				changes: { "observations[1]": REMOVED },
				problems: ["missing-observation at channels[1]: channel 'CR' has no observation; add one with this name"],
			},
			{
				title: "a misspelt name",
				changes: { "observations[1].name": "CRtop" },
				problems: [
					"missing-observation at channels[1]: channel 'CR' has no observation; add one with this name, or rename 'CRtop'",
				],
			},
			{
				title: "a count below zero",
				changes: { "observations[0].data[1]": -3 },
				problems: [
					"negative-observation at observations[0].data[1]: found the number -3 where an observed count belongs; counts are not negative",
				],
			},
		])("$title", expectProblems);
	});

	describe("sharing", () => {
		test.each<BrokenCase>([
			{
				title: "a normfactor with the name of a normsys",
				changes: { [`${CONTROL}.modifiers[3]`]: { name: "jes", type: "normfactor", data: null } },
				problems: [
					"conflicting-types at channels[1].samples[0].modifiers[3]: 'jes' is a normfactor here and a normsys at channels[0].samples[1].modifiers[0]; only histosys and normsys share a parameter, so rename one of them",
				],
			},
			{
				title: "a shapesys used twice",
				changes: { [`${SIGNAL}.modifiers[2]`]: { name: "uncorrelated", type: "shapesys", data: [1, 1] } },
				problems: [
					"shapesys-reused at channels[0].samples[1].modifiers[3]: shapesys 'uncorrelated' stands at channels[0].samples[0].modifiers[2] already; its factors belong to one sample in one channel, so give this one a name of its own",
				],
			},
			{
				title: "a shapefactor over channels of different lengths",
				changes: { [`${SIGNAL}.modifiers[2]`]: { name: "shape_CR", type: "shapefactor", data: null } },
				problems: [
					"shapefactor-length at channels[1].samples[0].modifiers[1]: shapefactor 'shape_CR' has one factor for each of the 2 bins of channel 'SR', but channel 'CR' has 3; give it a name of its own",
				],
			},
			{
				title: "a staterror whose carriers are in different channels",
				changes: {
					[`${SIGNAL}.modifiers[2]`]: { name: "staterror_SR", type: "staterror", data: [1, 1] },
					[`${CONTROL}.modifiers[3]`]: { name: "staterror_SR", type: "staterror", data: [1, 1, 1] },
				},
				problems: [
					"staterror-samples at channels[0].samples[1].modifiers[2]: staterror 'staterror_SR' is carried by sample 'background' in 'SR', 'CR', but by sample 'signal' in 'SR'; use one name for each channel",
				],
			},
		])("$title", expectProblems);
	});

	describe("measurements", () => {
		test.each<BrokenCase>([
			{
				title: "no lumi configuration",
				changes: { [`${PARAMETERS}[0]`]: REMOVED },
				problems: [
					"missing-lumi-config at measurements[0].config.parameters: samples carry a lumi modifier; give the parameter 'lumi' its inits, bounds, auxdata, sigmas",
				],
			},
			{
				title: "a lumi configuration without sigmas",
				changes: { [`${PARAMETERS}[0].sigmas`]: REMOVED },
				problems: [
					"missing-lumi-config at measurements[0].config.parameters[0]: samples carry a lumi modifier; give the parameter 'lumi' its sigmas",
				],
			},
			{
				title: "a POI of several components",
				changes: { "measurements[0].config.poi": "staterror_SR" },
				problems: [
					"poi-not-scalar at measurements[0].config.poi: 'staterror_SR' has 2 components, one per bin; a parameter of interest must be a single number",
				],
			},
			{
				title: "sigmas of a normfactor",
				changes: { [`${PARAMETERS}[1].sigmas`]: [0.1] },
				problems: [
					"unused-attribute at measurements[0].config.parameters[1].sigmas: 'mu' is a normfactor, which has no sigmas; remove this key",
				],
			},
			{
				title: "too many inits",
				changes: { [`${PARAMETERS}[1].inits`]: [1, 1] },
				problems: [
					"parameter-length at measurements[0].config.parameters[1].inits: has 2 entries, but 'mu' is a normfactor with one parameter",
				],
			},
			{
				title: "too few inits",
				changes: { [`${PARAMETERS}[2]`]: { name: "staterror_SR", inits: [1] } },
				problems: [
					"parameter-length at measurements[0].config.parameters[2].inits: has 1 entry, but 'staterror_SR' is a staterror with 2 parameters, one per bin",
				],
			},
			{
				title: "a sigma of zero",
				changes: { [`${PARAMETERS}[0].sigmas`]: [0] },
				problems: [
					"not-positive at measurements[0].config.parameters[0].sigmas[0]: found the number 0; sigmas must be above 0",
				],
			},
			{
				title: "a factor below zero",
				changes: { [`${PARAMETERS}[2]`]: { name: "uncorrelated", factors: [100, -1] } },
				problems: [
					"not-positive at measurements[0].config.parameters[2].factors[1]: found the number -1; factors must be above 0",
				],
			},
			{
				title: "Poisson auxdata below zero",
				changes: { [`${PARAMETERS}[2]`]: { name: "uncorrelated", auxdata: [-100, 1] } },
				problems: [
					"negative-auxdata at measurements[0].config.parameters[2].auxdata[0]: found the number -100; the auxdata of a shapesys are counts, which are not negative",
				],
			},
			{
				title: "a start outside the bounds",
				changes: { [`${PARAMETERS}[1].inits`]: [6] },
				problems: [
					"init-outside-bounds at measurements[0].config.parameters[1].inits[0]: 'mu' starts at 6, outside its bounds [0, 5]; change one of them",
				],
			},
			{
				title: "bounds without the default start",
				changes: { [`${PARAMETERS}[1].bounds`]: [[2, 5]] },
				problems: [
					"init-outside-bounds at measurements[0].config.parameters[1].bounds[0]: the bounds [2, 5] leave out 1, where a normfactor starts by default; give inits inside them",
				],
			},
		])("$title", expectProblems);
	});

	describe("all at once, in document order", () => {
		test.each<BrokenCase>([
			{
				title: "schema and rules together",
				changes: {
					version: "2.0.0",
					[`${BACKGROUND}.modifiers[0].type`]: "normsyst",
					[`${SIGNAL}.data`]: ["5", 6],
					"observations[0].data": [55],
					[`${PARAMETERS}[1].inits`]: [6],
				},
				problems: [
					"number-as-string at channels[0].samples[0].data[0]: found the string '5' where a number belongs; remove the quotes",
					"unknown-modifier-type at channels[0].samples[1].modifiers[0].type: there is no modifier type 'normsyst'; did you mean 'normsys'?",
					"observation-length at observations[0].data: has 1 bin, but channel 'SR' has 2; give one count for each bin",
					"init-outside-bounds at measurements[0].config.parameters[1].inits[0]: 'mu' starts at 6, outside its bounds [0, 5]; change one of them",
					"unsupported-version at version: found the string '2.0.0'; only version '1.0.0' (a string) of the schema can be read",
				],
			},
			{
				title: "a broken modifier leaves no trace elsewhere",
				changes: {
					[`${BACKGROUND}.modifiers[2].data`]: [2, "3"],
					[`${PARAMETERS}[2]`]: { name: "staterror_SR", inits: [1, 1] },
				},
				problems: [
					"number-as-string at channels[0].samples[1].modifiers[2].data[1]: found the string '3' where a number belongs; remove the quotes",
				],
			},
		])("$title", expectProblems);
	});
});
