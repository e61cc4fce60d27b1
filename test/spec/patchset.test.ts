import { describe, expect, test } from "vitest";
import { PatchSet } from "../../ts/spec/patchset.js";
import { describeShared } from "../shared.js";
import { patchErrorOf } from "./patchErrorOf.js";
import { REMOVED, withChanges } from "./validWorkspace.js";

function validPatchSet(): Record<string, unknown> {
	const point = (m1: number, m2: number) => ({
		metadata: { name: `C1N2_${m1}_${m2}`, values: [m1, m2] },
		patch: [{ op: "add", path: "/channels/0/samples/-", value: { name: `signal_${m1}_${m2}` } }],
	});
	return {
		metadata: {
			references: { hepdata: "ins1234567" },
			digests: { md5: "098f6bcd4621d373cade4e832627b4f6" },
			labels: ["m1", "m2"],
			description: "signal grid",
			analysis_id: "any other key",
		},
		patches: [point(500, 0), point(500, 100), point(700, 0)],
		version: "1.0.0",
	};
}

test("a patch set tells its points, labels and origin", () => {
	const patchSet = PatchSet.parse(JSON.stringify(validPatchSet()));
	expect(patchSet.names).toEqual(["C1N2_500_0", "C1N2_500_100", "C1N2_700_0"]);
	expect(patchSet.labels).toEqual(["m1", "m2"]);
	expect(patchSet.points[1]).toEqual({ name: "C1N2_500_100", values: [500, 100] });
	expect(patchSet.description).toBe("signal grid");
	expect(patchSet.references).toEqual({ hepdata: "ins1234567" });
	expect(patchSet.digests).toEqual({ md5: "098f6bcd4621d373cade4e832627b4f6" });
});

test("a point is found by its name and by its values", () => {
	const patchSet = PatchSet.parse(validPatchSet());
	const operations = [{ op: "add", path: "/channels/0/samples/-", value: { name: "signal_500_100" } }];
	expect(patchSet.patch("C1N2_500_100")).toEqual(operations);
	expect(patchSet.patch([500, 100])).toEqual(operations);
});

test("points named like properties are points like any other", () => {
	const changes = { "patches[0].metadata.name": "values", "patches[1].metadata.name": "__proto__" };
	const patchSet = PatchSet.parse(withChanges(validPatchSet(), changes));
	expect(patchSet.patch("__proto__")).toEqual(patchSet.patch([500, 100]));
	expect(patchErrorOf(() => patchSet.patch("constructor"))).toBe(
		"unknown-patch at the patch set has no point 'constructor'; it begins with values, __proto__, C1N2_700_0",
	);
});

test.each<[string, string | (number | string)[], string]>([
	[
		"a misspelt name",
		"C1N2_50_100",
		"unknown-patch at the patch set has no point 'C1N2_50_100'; near it are C1N2_500_100, C1N2_500_0",
	],
	[
		"a name like no other",
		"stau",
		"unknown-patch at the patch set has no point 'stau'; it begins with C1N2_500_0, C1N2_500_100, C1N2_700_0",
	],
	[
		"values between points",
		[520, 90],
		"unknown-patch at the patch set has no point at (520, 90); near it are C1N2_500_100 (500, 100), C1N2_500_0 (500, 0), C1N2_700_0 (700, 0)",
	],
	[
		"values of another kind",
		["500", "100"],
		"unknown-patch at the patch set has no point at ('500', '100'); near it are C1N2_500_100 (500, 100), C1N2_500_0 (500, 0), C1N2_700_0 (700, 0)",
	],
	[
		"too few values",
		[500],
		"unknown-patch at the patch set has no point at (500); it begins with C1N2_500_0, C1N2_500_100, C1N2_700_0",
	],
])("the error for %s lists what is near", (_, point, message) => {
	expect(patchErrorOf(() => PatchSet.parse(validPatchSet()).patch(point))).toBe(message);
});

describe("broken patch sets", () => {
	test.each<[string, Readonly<Record<string, unknown>>, string]>([
		["no metadata", { metadata: REMOVED }, "missing-key at metadata: missing; a patch set needs 'metadata'"],
		[
			"another version",
			{ version: "2.0.0" },
			"unsupported-version at version: found the string '2.0.0'; only version '1.0.0' (a string) of the schema can be read",
		],
		[
			"an unknown key",
			{ signals: [] },
			"unknown-key at signals: unknown key 'signals'; a patch set has only metadata, patches, version",
		],
		["no patches", { patches: [] }, "empty-list at patches: the list is empty; give at least one entry"],
		["patches as an object", { patches: {} }, "wrong-type at patches: found an object where a list belongs"],
		[
			"no labels",
			{ "metadata.labels": [] },
			"empty-list at metadata.labels: the list is empty; give at least one entry",
		],
		[
			"a label with a space",
			{ "metadata.labels[0]": "m 1" },
			"bad-format at metadata.labels[0]: found the string 'm 1' where a label (letters, digits and underscores) belongs",
		],
		[
			"no digest",
			{ "metadata.digests": {} },
			"missing-key at metadata.digests: there is no digest; give 'md5' or 'sha256'",
		],
		[
			"a digest that is too short",
			{ "metadata.digests.md5": "098f" },
			"bad-format at metadata.digests.md5: found the string '098f' where an MD5 digest (32 hexadecimal digits) belongs",
		],
		[
			"a reference that is not of HEPData",
			{ "metadata.references.hepdata": "1234567" },
			"bad-format at metadata.references.hepdata: found the string '1234567' where an INSPIRE number of HEPData (ins and 7 digits) belongs",
		],
		[
			"a description of another type",
			{ "metadata.description": null },
			"wrong-type at metadata.description: found null where a string belongs",
		],
		[
			"a point without a name",
			{ "patches[1].metadata.name": REMOVED },
			"missing-key at patches[1].metadata.name: missing; the metadata of a patch needs 'name'",
		],
		[
			"a name with a blank",
			{ "patches[1].metadata.name": "C1N2 500" },
			"bad-format at patches[1].metadata.name: found the string 'C1N2 500' where a name (letters, digits and underscores) belongs",
		],
		[
			"a value that is an object",
			{ "patches[1].metadata.values[0]": {} },
			"wrong-type at patches[1].metadata.values[0]: found an object where a number or a string belongs",
		],
		[
			"two points of one name",
			{ "patches[1].metadata.name": "C1N2_500_0" },
			"duplicate-name at patches[1].metadata.name: the name 'C1N2_500_0' is that of patches[0] already",
		],
		[
			"two points of the same values",
			{ "patches[1].metadata.values": [500, 0] },
			"duplicate-values at patches[1].metadata.values: the values 500, 0 are those of patches[0] already",
		],
		[
			"a value too many",
			{ "patches[1].metadata.values": [500, 0, 1] },
			"values-length at patches[1].metadata.values: has 3 values, but the labels of the patch set are m1, m2; give one value for each",
		],
		[
			"two mistakes",
			{ "patches[1].metadata": { name: "C1N2_500_0", values: [500] } },
			"duplicate-name at patches[1].metadata.name: the name 'C1N2_500_0' is that of patches[0] already (and 1 more problem)",
		],
		[
			"a patch that is no list",
			{ "patches[2].patch": {} },
			"not-a-patch at patches[2].patch: found an object where a JSON Patch, a list of operations, belongs",
		],
		[
			"a broken operation",
			{ "patches[2].patch[0].path": "channels" },
			"bad-pointer at patches[2].patch[0].path: 'channels' is no JSON Pointer; it starts with '/', and '~' stands as '~0', '/' in a key as '~1'",
		],
	])("%s", (_, changes, problem) => {
		expect(patchErrorOf(() => PatchSet.parse(withChanges(validPatchSet(), changes)))).toBe(problem);
	});

	test.each<[string, unknown, string]>([
		[
			"a single patch",
			[{ op: "remove", path: "/a" }],
			"not-a-patch-set at this is a list, so probably a single patch; a patch set is an object with metadata, patches, version",
		],
		[
			"a workspace",
			{ channels: [], version: "1.0.0" },
			"not-a-patch-set at found an object where a patch set, an object with metadata, patches, version, belongs",
		],
		[
			"text cut short",
			'{"patches": [',
			"truncated-json at patches[0]: the text ends at line 1, column 14; it is cut short, fetch or copy it again",
		],
		[
			"nothing",
			undefined,
			"not-a-patch-set at found undefined where a patch set, an object with metadata, patches, version, belongs",
		],
	])("%s", (_, input, problem) => {
		expect(patchErrorOf(() => PatchSet.parse(input))).toBe(problem);
	});
});

describeShared("published patch sets", (shared) => {
	test.each([
		["SModelS_smodels-utils/SUSY-2018-06_3LeRJR_patchset_subset.json", 12],
		["eschanet_pyhf_inference_tools/1Lbb_simplified_patchset.json", 125],
		["scikit-hep_pyhf/SUSY-2019-08_1Lbb_patchset_subset10.json", 10],
		["scikit-hep_pyhf/example_patchset.json", 1],
		["scikit-hep_pyhf/patchset_good_2_patches.json", 2],
		["scikit-hep_pyhf/patchset_good_stringvalues.json", 2],
	])("%s has %d points", (file, points) => {
		expect(PatchSet.parse(shared.json(file)).names).toHaveLength(points);
	});

	test.each([
		[
			"patchset_bad_duplicate_patch_name.json",
			"duplicate-name at patches[1].metadata.name: the name 'Gtt_2100_5000_800' is that of patches[0] already",
		],
		[
			"patchset_bad_duplicate_patch_values.json",
			"duplicate-values at patches[1].metadata.values: the values 2100, 800 are those of patches[0] already",
		],
		["patchset_bad_empty_patches.json", "empty-list at patches: the list is empty; give at least one entry"],
		[
			"patchset_bad_wrong_values_multiplicity.json",
			"values-length at patches[1].metadata.values: has 3 values, but the labels of the patch set are mass_stop, mass_neutralino; give one value for each",
		],
		[
			"patchset_bad_wrong_valuetype.json",
			"wrong-type at patches[0].metadata.values[1]: found an object where a number or a string belongs",
		],
	])("%s is refused", (file, problem) => {
		expect(patchErrorOf(() => PatchSet.parse(shared.json(`scikit-hep_pyhf/invalid/${file}`)))).toBe(problem);
	});
});
