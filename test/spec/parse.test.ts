import { expect, test } from "vitest";
import { WorkspaceError } from "../../ts/errors.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { describeShared } from "../shared.js";
import { problemsOf } from "./problemsOf.js";
import { validWorkspace, withChanges } from "./validWorkspace.js";

test("a valid document comes out as it went in, from text and from memory", () => {
	expect(parseDocument(validWorkspace())).toEqual(validWorkspace());
	expect(parseDocument(JSON.stringify(validWorkspace()))).toEqual(validWorkspace());
	expect(parseDocument(`\ufeff${JSON.stringify(validWorkspace())}`)).toEqual(validWorkspace());
});

test("the document shares nothing with what was handed in", () => {
	const input = validWorkspace();
	const document = parseDocument(input);
	withChanges(input, {
		"channels[0].samples[1].data[0]": -1,
		"channels[0].samples[1].modifiers[1].data.lo_data[0]": -1,
		"measurements[0].config.parameters[1].bounds[0][1]": -1,
		"observations[0].name": "gone",
		channels: [],
	});
	expect(document).toEqual(validWorkspace());
});

test("typed arrays are taken as lists of numbers, and plain arrays come out", () => {
	const input = withChanges(validWorkspace(), {
		"channels[0].samples[1].data": Float64Array.of(50, 60),
		"observations[0].data": Uint16Array.of(55, 66),
		"measurements[0].config.parameters[1].bounds[0]": Float32Array.of(0, 5),
	});
	expect(parseDocument(input)).toEqual(validWorkspace());
});

test("the error names the first problem and counts the others", () => {
	const input = withChanges(validWorkspace(), { "channels[0].samples[0].data": ["5", null], version: "2.0.0" });
	expect(() => parseDocument(input)).toThrow(WorkspaceError);
	expect(() => parseDocument(input)).toThrow(
		"channels[0].samples[0].data[0]: found the string '5' where a number belongs; remove the quotes (and 2 more problems)",
	);
});

test("problems stand in the order in which the document lists its parts", () => {
	const { channels, observations, measurements, version } = withChanges(validWorkspace(), {
		"channels[1].samples[0].modifiers[0].data": { lo: "0.8", hi: 1.2 },
		"observations[0].data[0]": -1,
		"measurements[0].config.poi": "uncorrelated",
	}) as Record<string, unknown>;
	const paths = problemsOf(() => parseDocument({ version, observations, measurements, channels })).map(
		(problem) => problem.split(":")[0],
	);
	expect(paths).toEqual([
		"negative-observation at observations[0].data[0]",
		"poi-not-scalar at measurements[0].config.poi",
		"number-as-string at channels[1].samples[0].modifiers[0].data.lo",
	]);
});

test("what pyhf fits is not refused", () => {
	for (const changes of [
		// A POI, observations and configurations of things that are not in the model.
		{ "measurements[0].config.poi": "mu_SIG" },
		{ "measurements[0].config.poi": "" },
		{ "observations[2]": { name: "VR", data: [-1, 2.5] } },
		{ "measurements[0].config.parameters[2]": { name: "gone", inits: [1, 2], sigmas: [0], factors: [-1] } },
		// Rates and uncertainties below zero, switched off bins.
		{ "channels[0].samples[0].data": [-5, 0] },
		{ "channels[0].samples[1].modifiers[2].data": [-2, 0] },
		{ "channels[0].samples[1].modifiers[3].data": [-4, 0] },
		{ "channels[0].samples[1].modifiers[0].data": { lo: 0, hi: -1 } },
		{ "observations[0].data": [0, 66.5] },
		// Parameters with a range of one value.
		{ "measurements[0].config.parameters[1].bounds": [[1, 1]] },
		{ "measurements[0].config.parameters[2]": { name: "uncorrelated", fixed: false, auxdata: [0, 100] } },
		// One staterror over two channels, with the same sample in both.
		{ "channels[1].samples[0].modifiers[3]": { name: "staterror_SR", type: "staterror", data: [1, 2, 3] } },
		// A normsys that is called lumi, where there is no lumi modifier.
		{
			"channels[0].samples[0].modifiers[1]": { name: "lumi", type: "normsys", data: { lo: 0.9, hi: 1.1 } },
			"channels[1].samples[0].modifiers[2]": { name: "lumi", type: "normsys", data: { lo: 0.9, hi: 1.1 } },
			"measurements[0].config.parameters[0]": { name: "lumi", fixed: true },
		},
		// A POI with one component per bin, in a channel of one bin.
		{
			"measurements[0].config.poi": "shape_CR",
			"channels[1].samples[0].data": [500],
			"observations[1].data": [505],
		},
	]) {
		const input = withChanges(validWorkspace(), changes);
		expect(problemsOf(() => parseDocument(input))).toEqual([]);
		expect(parseDocument(input)).toEqual(input);
	}
});

describeShared("published workspaces", (shared) => {
	const checks = shared.reference("nll_checks.json") as Record<string, { error?: string }>;

	test.each(Object.keys(checks).filter((file) => checks[file]!.error === undefined))("%s parses", (file) => {
		const workspace = shared.workspace(file);
		expect(parseDocument(workspace)).toEqual(workspace);
	});

	test.each([
		[
			"scikit-hep_pyhf/customschema_custom.json",
			[
				"unsupported-version at version: found the string '1.1.0'; only version '1.0.0' (a string) of the schema can be read",
			],
		],
		[
			"peterridolfi_Pyhf-to-Combine-converter/Shapesys_shared_name.json",
			[
				"wrong-type at channels[0].samples[0].modifiers[0].data: found an empty array where null belongs; a normfactor carries no data",
				"shapesys-reused at channels[0].samples[1].modifiers[3]: shapesys 'my_shapesys' stands at channels[0].samples[0].modifiers[4] already; its factors belong to one sample in one channel, so give this one a name of its own",
			],
		],
		[
			"scikit-hep_pyhf/invalid/model_duplicate_channels.json",
			[
				"model-not-workspace at : this is a bare model; a workspace has observations, measurements and version '1.0.0' beside channels",
				"duplicate-channel at channels[1]: 'singlechannel' stands at channels[0] already; remove or rename one of them",
				"shapesys-reused at channels[1].samples[1].modifiers[0]: shapesys 'uncorr_bkguncrt' stands at channels[0].samples[1].modifiers[0] already; its factors belong to one sample in one channel, so give this one a name of its own",
			],
		],
		[
			"scikit-hep_pyhf/invalid/model_duplicate_samples.json",
			[
				"model-not-workspace at : this is a bare model; a workspace has observations, measurements and version '1.0.0' beside channels",
				"duplicate-sample at channels[0].samples[1]: 'signal' stands at channels[0].samples[0] already; remove or rename one of them",
			],
		],
		[
			"scikit-hep_pyhf/invalid/model_duplicate_modifiers.json",
			[
				"model-not-workspace at : this is a bare model; a workspace has observations, measurements and version '1.0.0' beside channels",
				"duplicate-modifier at channels[0].samples[0].modifiers[1]: normfactor 'mu' stands at channels[0].samples[0].modifiers[0] already; remove or rename one of them",
			],
		],
	])("%s is refused", (file, problems) => {
		expect(problemsOf(() => parseDocument(shared.json(file)))).toEqual(problems);
	});
});
