import { expect, test } from "vitest";
import { parseDocument } from "../../ts/spec/parse.js";
import { remarks } from "../../ts/spec/remarks.js";
import { describeShared } from "../shared.js";
import { validWorkspace, withChanges } from "./validWorkspace.js";

function remarksOn(changes: Readonly<Record<string, unknown>>): string[] {
	const document = parseDocument(withChanges(validWorkspace(), changes));
	return remarks(document).map(({ code, path, message }) => `${code} at ${path}: ${message}`);
}

const BACKGROUND = "channels[0].samples[1].modifiers";
const PARAMETERS = "measurements[0].config.parameters";

test("a plain workspace has no remarks", () => {
	expect(remarksOn({})).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
	[
		"a POI that only a signal patch brings",
		{ "measurements[0].config.poi": "mu_SIG" },
		"poi-not-in-model at measurements[0].config.poi: parameter of interest that no modifier brings: 'mu_SIG'; fits work, tests and limits need a signal patch",
	],
	[
		"configurations of absent parameters",
		Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((name, i) => [`${PARAMETERS}[${i + 2}]`, { name }])),
		`unused-parameter at ${PARAMETERS}[2]: configured parameters that the model does not have, not used: 'a', 'b', 'c', 'd', 'e' and 2 more`,
	],
	[
		"fixed parameters",
		{ [`${PARAMETERS}[0].fixed`]: true },
		`fixed-parameter at ${PARAMETERS}[0].fixed: parameters held fixed in fits: 'lumi'`,
	],
	[
		"observations of absent channels",
		{ "observations[2]": { name: "VR", data: [1.5] } },
		"unused-observation at observations[2]: observations of channels that the model does not have, not used: 'VR'",
	],
	[
		"fractional counts",
		{ "observations[1].data": [505, 606.5, 707.25] },
		"fractional-observation at observations[1].data[1]: observed counts that are not whole: 2; the likelihood is continued between whole counts",
	],
	[
		"one-sided normsys",
		{ [`${BACKGROUND}[0].data`]: { lo: 1.05, hi: 1.1 } },
		`one-sided-normsys at ${BACKGROUND}[0].data: normsys with lo and hi on the same side of 1: 1`,
	],
	[
		"normsys at or below zero",
		{ [`${BACKGROUND}[0].data`]: { lo: 0, hi: 2 } },
		`non-positive-normsys at ${BACKGROUND}[0].data: normsys with lo or hi at or below zero: 1; no interpolation between powers exists for them`,
	],
	[
		"variations below zero",
		{ [`${BACKGROUND}[1].data`]: { lo_data: [-1, -2], hi_data: [52, -3] } },
		`negative-variation at ${BACKGROUND}[1].data.lo_data[0]: histosys rates below zero at lo or hi: 3; a fit works while the sum over the samples of a bin stays above zero`,
	],
	[
		"rates below zero",
		{ "channels[0].samples[0].data": [-5, 6] },
		"negative-rate at channels[0].samples[0].data[0]: nominal rates below zero: 1; a fit works while the sum over the samples of a bin stays above zero",
	],
])("%s", (_, changes, remark) => {
	expect(remarksOn(changes)).toEqual([remark]);
});

test("bins that are empty, switched off or of negative uncertainty", () => {
	const changes = {
		"channels[0].samples[0].data": [0, 6],
		"channels[0].samples[1].data": [0, 60],
		[`${BACKGROUND}[2].data`]: [2, 0],
		[`${BACKGROUND}[3].data`]: [4, -5],
	};
	expect(remarksOn(changes)).toEqual([
		"empty-bin at channels[0].samples[0].data[0]: bins without expected events: 1; a count observed there makes the likelihood zero",
		`bin-switched-off at ${BACKGROUND}[3].data[0]: staterror and shapesys bins without rate or uncertainty: 4; their factors are fixed`,
		`negative-uncertainty at ${BACKGROUND}[3].data[1]: staterror and shapesys uncertainties below zero: 1; staterror drops the sign, shapesys switches the bin off`,
	]);
});

test("a staterror bin is on while one of its carriers has rate and uncertainty", () => {
	const shared = { name: "staterror_SR", type: "staterror", data: [0, 0] };
	expect(remarksOn({ "channels[0].samples[0].modifiers[2]": shared })).toEqual([]);
});

describeShared("remarks on published workspaces", (shared) => {
	test.each([
		[
			"kskovpen_combine2pyhf/cms-ttg-2l.json",
			[
				["negative-rate", "channels[7].samples[3].data[8]", 1],
				["negative-variation", "channels[0].samples[4].modifiers[56].data.lo_data[4]", 113],
				["one-sided-normsys", "channels[0].samples[1].modifiers[16].data", 93],
			],
		],
		[
			"SModelS_smodels-utils/SUSY-2018-04_stau_with_bsm.json",
			[
				["unused-observation", "observations[0]", undefined],
				["one-sided-normsys", "channels[0].samples[1].modifiers[11].data", 54],
			],
		],
		[
			"HEPData_hepdata-pyhf-extractor/SUSY-2019-08_1Lbb_BkgOnly.json",
			[
				["poi-not-in-model", "measurements[0].config.poi", undefined],
				["unused-parameter", "measurements[0].config.parameters[4]", undefined],
				["fixed-parameter", "measurements[0].config.parameters[0].fixed", undefined],
				["one-sided-normsys", "channels[0].samples[0].modifiers[102].data", 951],
			],
		],
	])("%s", (file, expected) => {
		const found = remarks(parseDocument(shared.workspace(file))).map(({ code, path, message }) => {
			const count = /: (\d+)/.exec(message)?.[1];
			return [code, path, count === undefined ? undefined : Number(count)];
		});
		expect(found).toEqual(expected);
	});
});
