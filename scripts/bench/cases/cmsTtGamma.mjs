import { readPublished } from "../files.mjs";

export const cmsTtGamma = {
	name: "cms-ttg",
	title: "CMS ttγ dilepton",
	source: "kskovpen/combine2pyhf, cms-ttg-2l, converted from Combine; has negative rates, which ROOT sets to 0",
	tasks: ["load", "fit"],
	open: () => ({ workspace: readPublished("kskovpen_combine2pyhf/cms-ttg-2l.json"), patches: [] }),
};
