import { readPublished } from "../files.mjs";

/**
 * The published file is the background alone and names a parameter of interest, mu_SIG, that only a signal brings. Ours
 * is made up: a tenth of the nominal background in each signal region, with the luminosity's uncertainty.
 */
function signalPatch(document) {
	return document.channels.flatMap(({ name, samples }, c) => {
		if (!name.startsWith("SR")) return [];
		const background = samples[0].data.map((_, bin) => samples.reduce((sum, { data }) => sum + data[bin], 0));
		const signal = {
			name: "signal",
			data: background.map((rate) => rate / 10),
			modifiers: [
				{ name: "mu_SIG", type: "normfactor", data: null },
				{ name: "lumi", type: "lumi", data: null },
			],
		};
		return [{ op: "add", path: `/channels/${c}/samples/-`, value: signal }];
	});
}

export const sleptons = {
	name: "sleptons",
	title: "Sleptons with a signal",
	source:
		"ATLAS-SUSY-2018-16, background only, with a signal of ours: a tenth of the background in each signal region, scaled by mu_SIG and the luminosity",
	tasks: ["load", "fit", "hypotest", "limits"],
	open() {
		const workspace = readPublished("SModelS_smodels-database-release/SUSY-2018-16_compressed_sleptons_bkgonly.json");
		return { workspace, patches: [JSON.stringify(signalPatch(JSON.parse(workspace)))] };
	},
};
