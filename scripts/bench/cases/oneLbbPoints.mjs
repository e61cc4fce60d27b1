import { readPublished } from "../files.mjs";

/** All peers are compared at the first point; it is the one whose CLs is neither 0 nor 1. */
const FIRST = "C1N2_Wh_hbb_700_250";

export const oneLbbPoints = {
	name: "1lbb-points",
	title: "1Lbb, one more signal point",
	source:
		"ATLAS-SUSY-2019-08, the background parsed once and ten points of its patch set in turn; values are those of 700_250",
	tasks: ["point"],
	open() {
		const { patches } = JSON.parse(readPublished("scikit-hep_pyhf/SUSY-2019-08_1Lbb_patchset_subset10.json"));
		const first = patches.filter(({ metadata }) => metadata.name === FIRST);
		const others = patches.filter(({ metadata }) => metadata.name !== FIRST);
		return {
			workspace: readPublished("HEPData_hepdata-pyhf-extractor/SUSY-2019-08_1Lbb_BkgOnly.json"),
			patches: [...first, ...others].map(({ patch }) => JSON.stringify(patch)),
		};
	},
};
