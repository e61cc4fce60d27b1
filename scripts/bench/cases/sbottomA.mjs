import { readShipped } from "../files.mjs";

const folder = "test/fixtures/sbottom-region-a";

export const sbottomA = {
	name: "sbottom-a",
	title: "Sbottom A, 1300_205_60",
	source: "ATLAS-SUSY-2018-31, region A with its signal patch",
	tasks: ["load", "fit", "hypotest", "limits", "toys", "toys-all-cores"],
	toys: 5000,
	open: () => ({
		workspace: readShipped(`${folder}/BkgOnly.json`),
		patches: [readShipped(`${folder}/patch.sbottom_1300_205_60.json`)],
	}),
};
