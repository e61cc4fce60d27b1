import { fileURLToPath } from "node:url";
import { python } from "./python.mjs";

/** RooFit and RooStats on a model of HistFactory, with Minuit2 and RooFit's vectorised evaluation. */
export const root = {
	name: "ROOT",
	tasks: ["load", "fit", "hypotest", "point", "toys"],
	toyShare: 0.01,
	notes: { toys: "the time of a hundredth of the toys, scaled up" },
	command: python(fileURLToPath(new URL("../python/root_bench.py", import.meta.url))),
	install: "ROOT jsonpatch",
};
