import { readPublished } from "../files.mjs";

export const ttbarLjets = {
	name: "ttbar",
	title: "ATLAS ttbar l+jets",
	source: "malin-horstmann/bayesian_pyhf, the inclusive cross-section, pruned",
	tasks: ["load", "fit"],
	open: () => ({
		workspace: readPublished("malin-horstmann_bayesian_pyhf/ATLAS_ttbar_ljets_xsec_inclusive_pruned.json"),
		patches: [],
	}),
};
