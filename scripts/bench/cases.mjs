import { cmsTtGamma } from "./cases/cmsTtGamma.mjs";
import { fiftyChannels } from "./cases/fiftyChannels.mjs";
import { oneLbb } from "./cases/oneLbb.mjs";
import { oneLbbPoints } from "./cases/oneLbbPoints.mjs";
import { sbottomA } from "./cases/sbottomA.mjs";
import { sleptons } from "./cases/sleptons.mjs";
import { manyBins, manyParameters } from "./cases/synthetic.mjs";
import { ttbarLjets } from "./cases/ttbarLjets.mjs";
import { twoBins } from "./cases/twoBins.mjs";

/**
 * The models that are measured. A case has a `name` to choose it by, a `title`, a word on its `source`, the names of its
 * `tasks`, for those that make toys `toys`, how many of either hypothesis, and `open()`, which gives `workspace`, as JSON text or as a document, and `patches`, as JSON texts, or throws
 * `MissingFile`.
 */
export const cases = [
	twoBins,
	sbottomA,
	oneLbb,
	oneLbbPoints,
	sleptons,
	cmsTtGamma,
	ttbarLjets,
	fiftyChannels,
	manyBins,
	manyParameters,
];
