import type { Workspace } from "../workspace.js";
import { checkOptions, type Histogram, readHistograms } from "./histograms.js";
import { singleChannel } from "./singleChannel.js";

/** Histograms of {@link correlatedBackground}, all with the same number of bins. */
export interface CorrelatedBackgroundOptions {
	/** Expected signal events per bin at signal strength `mu` = 1. */
	readonly signal: Histogram;
	/** Expected background events per bin. */
	readonly background: Histogram;
	/** The background when its uncertainty moves it up by one standard deviation, in all bins together. */
	readonly backgroundUp: Histogram;
	/** The background one standard deviation down. */
	readonly backgroundDown: Histogram;
	/** Observed events per bin. */
	readonly observed: Histogram;
}

const HISTOGRAMS = ["signal", "background", "backgroundUp", "backgroundDown", "observed"] as const;

/**
 * pyhf's `simplemodels.correlated_background` with the observed counts: a background whose bins move
 * together, with pyhf's names (channel `single_channel`, samples `signal` and `background`, modifiers
 * `mu` and `correlated_bkg_uncertainty`).
 *
 * @throws OptionError `wrong-type`, `unknown-option`, `no-bins`, `bin-count`, `not-finite`, `negative`.
 */
export function correlatedBackground(options: CorrelatedBackgroundOptions): Workspace {
	checkOptions(options, HISTOGRAMS);
	const { signal, background, backgroundUp, backgroundDown, observed } = readHistograms(options, HISTOGRAMS);
	return singleChannel({
		channel: "single_channel",
		signal,
		background,
		backgroundModifiers: [
			{
				name: "correlated_bkg_uncertainty",
				type: "histosys",
				data: { hi_data: backgroundUp, lo_data: backgroundDown },
			},
		],
		observed,
	});
}
