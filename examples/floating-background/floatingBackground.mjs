import { distributions, fit, scan, signalPlusBackground, upperLimit } from "histfactory";
import { renderBrazilBand, renderPrefitPostfit } from "histfactory/plot";

/** μ = 0 to 5 in steps of 0.1. */
const MUS = Array.from({ length: 51 }, (_, i) => i / 10);

/**
 * The question for one data set: the fit, CLs at many signal strengths, the upper limits.
 * `floatingBackground` says whether the data decide the normalisation of the background.
 */
export function analyse(histograms, floatingBackground) {
	const workspace = signalPlusBackground({
		signal: histograms.signal,
		background: histograms.background,
		backgroundUncertainty: histograms.background_uncertainty,
		observed: histograms.observed,
		floatingBackground,
	});
	const model = workspace.model();
	const data = workspace.data(model);
	const best = fit(data, model);
	return {
		workspace,
		best,
		scan: scan(MUS, data, model),
		limit: upperLimit(data, model),
		before: distributions(data, model),
		after: distributions(data, model, best),
	};
}

/** Its plots as SVG: CLs with the expected band and the limits, and the distributions before and after the fit. */
export function draw({ scan, limit, before, after }, histograms) {
	return {
		// The limits found by root finding, on the evenly spaced points of the scan.
		limit: renderBrazilBand({ ...limit, scan }),
		fit: renderPrefitPostfit(before, after, { binEdges: { singlechannel: histograms.bin_edges } }),
	};
}

/** A fitted parameter with its uncertainty as text. */
export function measured({ parameterNames, parameters, uncertainties }, name) {
	const i = parameterNames.indexOf(name);
	return i < 0 ? "1, fixed" : `${parameters[i].toFixed(3)} ± ${uncertainties[i].toFixed(3)}`;
}
