import { distributions, fit, hypotest, parsePatch, scan, upperLimit, Workspace } from "histfactory";
import { renderBrazilBand, renderPrefitPostfit } from "histfactory/plot";

/** μ = 0 to 8 in steps of 0.2. */
const MUS = Array.from({ length: 41 }, (_, i) => i / 5);

/**
 * One signal point of a published likelihood: the fit, the test of the signal as predicted (μ = 1), CLs at many signal
 * strengths, the upper limits. Takes the texts of the workspace without signal and of the JSON Patch that brings it.
 */
export function analyse(backgroundOnly, signalPatch) {
	const workspace = Workspace.parse(backgroundOnly);
	const model = workspace.model({ patches: [parsePatch(signalPatch)] });
	const data = workspace.data(model);
	const best = fit(data, model);
	return {
		model,
		best,
		test: hypotest(1, data, model),
		scan: scan(MUS, data, model),
		limit: upperLimit(data, model),
		before: distributions(data, model),
		after: distributions(data, model, best),
	};
}

/** Its plots as SVG: CLs with the expected band and the limits, and the distributions before and after the fit. */
export function draw({ scan, limit, before, after }) {
	return {
		limit: renderBrazilBand({ ...limit, scan }),
		fit: renderPrefitPostfit(before, after, { logY: true }),
	};
}
