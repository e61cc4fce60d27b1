import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/command.mjs";
import { heading, median, table, timed } from "./print.mjs";

const FOLDER = "test/fixtures/sbottom-region-a";

/** The example on a likelihood of the ATLAS collaboration. */
export async function publishedLikelihood(gallery) {
	const { analyse, draw } = await import("../../examples/published-likelihood/publishedLikelihood.mjs");
	heading("Is a signal of ATLAS-SUSY-2018-31 excluded? b̃ → b χ̃⁰₂ with 1300, 205 and 60 GeV, region A", FOLDER);
	const text = (file) => readFile(join(root, FOLDER, file), "utf8");
	const [backgroundOnly, signalPatch] = [await text("BkgOnly.json"), await text("patch.sbottom_1300_205_60.json")];
	const [answer, analysis] = await timed(() => analyse(backgroundOnly, signalPatch));
	const [, plots] = await timed(async () => {
		for (const [plot, svg] of Object.entries(draw(answer))) await gallery.addPlot(`published-${plot}`, svg);
	});
	const { best, test, limit, model } = answer;
	const poi = best.parameterNames.indexOf(limit.poi);
	const bound = best.atBound[poi];
	const uncertainty = bound === undefined ? ` ± ${best.uncertainties[poi].toFixed(3)}` : `, at its ${bound} bound`;
	await table(
		["region A", "observed", "expected without signal"],
		[
			[`signal strength ${limit.poi}`, `${best.parameters[poi].toFixed(3)}${uncertainty}`, ""],
			["CLs of the predicted signal", test.cls.toFixed(4), median(test.expected)],
			["95 % CL upper limit", limit.observed.toFixed(3), median(limit.expected)],
		],
	);
	const parameters = model.parameterNames.length;
	console.log(`  ${test.cls < limit.level ? "Excluded" : "Not excluded"} at 95 % CL: CLs at μ = 1 is ${test.cls < limit.level ? "below" : "above"} ${limit.level}.

  Look at ${gallery.path("published-limit")}: CLs falls through 0.05 at the limit, within the expected band.
          ${gallery.path("published-fit")}: both channels, ${parameters} parameters, before and after the fit.

  Reading, fit, one test, CLs at 41 points and six limits: ${analysis}; two plots: ${plots}.`);
}
