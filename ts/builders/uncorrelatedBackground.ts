import type { Workspace } from "../workspace.js";
import { checkOptions } from "./histograms.js";
import { type SignalPlusBackgroundOptions, signalPlusBackground } from "./signalPlusBackground.js";

/** Histograms of {@link uncorrelatedBackground}, all with the same number of bins. */
export type UncorrelatedBackgroundOptions = Pick<
	SignalPlusBackgroundOptions,
	"signal" | "background" | "backgroundUncertainty" | "observed"
>;

/**
 * pyhf's `simplemodels.uncorrelated_background` with the observed counts: a background whose uncertainty
 * is independent from bin to bin, with pyhf's names (channel `singlechannel`, samples `signal` and
 * `background`, modifiers `mu` and `uncorr_bkguncrt`).
 *
 * @throws OptionError `wrong-type`, `unknown-option`, `no-bins`, `bin-count`, `not-finite`, `negative`.
 */
export function uncorrelatedBackground(options: UncorrelatedBackgroundOptions): Workspace {
	checkOptions(options, ["signal", "background", "backgroundUncertainty", "observed"]);
	return signalPlusBackground(options);
}
