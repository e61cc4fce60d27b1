import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/command.mjs";
import { heading, median, table, timed } from "./print.mjs";

const EXAMPLE = "examples/floating-background";
const KINDS = [
	["fixed", false],
	["floating", true],
];

/** The example with fixed and with floating background side by side, for both of its data sets. */
export async function floatingBackground(gallery) {
	const { analyse, draw, measured } = await import("../../examples/floating-background/floatingBackground.mjs");
	heading("How strong is a signal over a background of unknown normalisation?", EXAMPLE);
	const dataSets = JSON.parse(await readFile(join(root, EXAMPLE, "histograms.json"), "utf8"));
	const times = { analysis: [], plots: [] };
	const answers = {};
	for (const [name, histograms] of Object.entries(dataSets)) {
		for (const [kind, floating] of KINDS) {
			const [answer, analysis] = await timed(() => analyse(histograms, floating));
			const [, plots] = await timed(async () => {
				for (const [plot, svg] of Object.entries(draw(answer, histograms))) {
					await gallery.addPlot(`${name}-${kind}-${plot}`, svg);
				}
			});
			await gallery.addWorkspace(`${name}-${kind}`, answer.workspace);
			times.analysis.push(analysis);
			times.plots.push(plots);
			answers[`${name}-${kind}`] = answer;
		}
		const both = KINDS.map(([kind]) => answers[`${name}-${kind}`]);
		await table(
			[`${name} data`, "background fixed", "background floating"],
			[
				["signal strength μ", ...both.map(({ best }) => measured(best, "mu"))],
				["background / template", ...both.map(({ best }) => measured(best, "bkgnorm"))],
				["95 % CL upper limit on μ", ...both.map(({ limit }) => limit.observed.toFixed(3))],
				["expected without signal", ...both.map(({ limit }) => median(limit.expected))],
			],
		);
	}
	const [fixed, floating] = [answers["modified-fixed"], answers["modified-floating"]];
	const value = ({ best }, name) => best.parameters[best.parameterNames.indexOf(name)];
	const percent = (100 * value(floating, "bkgnorm")).toFixed(0);
	console.log(
		`  In the modified data the background is ${percent} % of its template. Held at the template, the fit
  takes signal away instead: it finds μ = ${value(fixed, "mu").toFixed(2)}, and its limit of ${fixed.limit.observed.toFixed(2)} excludes the ${value(floating, "mu").toFixed(2)} of the floating fit.
  −2 ln L is ${(fixed.best.twiceNll - floating.best.twiceNll).toFixed(1)} lower with the background floating.

  Look at ${gallery.path("modified-fixed-fit")}: the data stay below the model beside the bump.
          ${gallery.path("modified-floating-fit")}: the background comes down and meets them.
          ${gallery.path("modified-floating-limit")}: observed CLs far outside the band, as there is a signal.

  Fit, CLs at 51 points and six limits, each model: ${times.analysis.join(", ")}; two plots each: ${times.plots.join(", ")}.`,
	);
}
