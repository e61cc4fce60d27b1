import { readPublished } from "../files.mjs";

export const oneLbb = {
	name: "1lbb",
	title: "1Lbb, 700_250",
	source: "ATLAS-SUSY-2019-08, with its signal in the file",
	tasks: ["load", "fit", "hypotest", "limits"],
	open: () => ({
		workspace: readPublished("eschanet_simplify/1Lbb_full_C1N2_Wh_hbb_700_250.json"),
		patches: [],
	}),
};
