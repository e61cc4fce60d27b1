import { OptionError } from "../errors.js";
import type { Modifier } from "../spec/document.js";
import { describe } from "../spec/path.js";
import type { Workspace } from "../workspace.js";
import { checkOptions, type Histogram, readHistograms } from "./histograms.js";
import { singleChannel } from "./singleChannel.js";

/** Histograms of {@link signalPlusBackground}, all with the same number of bins, and whether the background floats. */
export interface SignalPlusBackgroundOptions {
	/** Expected signal events per bin at signal strength `mu` = 1. */
	readonly signal: Histogram;
	/** Expected background events per bin. */
	readonly background: Histogram;
	/** Absolute uncertainty of the background per bin, independent from bin to bin. */
	readonly backgroundUncertainty: Histogram;
	/** Observed events per bin. */
	readonly observed: Histogram;
	/** Absolute uncertainty of the signal per bin, independent from bin to bin; none by default. */
	readonly signalUncertainty?: Histogram;
	/** `true` lets the data determine the normalisation of the background; `false` by default. */
	readonly floatingBackground?: boolean;
}

const HISTOGRAMS = ["signal", "background", "backgroundUncertainty", "observed"] as const;

/**
 * A workspace from the histograms of a signal over a background.
 *
 * One channel with two samples. `mu`, the parameter of interest, scales the signal; each bin of the
 * background has a Poisson-constrained factor (shapesys `uncorr_bkguncrt`). `floatingBackground` adds a
 * free normalisation of the background (normfactor `bkgnorm`), `signalUncertainty` a shapesys
 * `signal_stat` of the signal; neither takes anything away.
 *
 * @throws OptionError `wrong-type`, `unknown-option`, `no-bins`, `bin-count`, `not-finite`, `negative`.
 */
export function signalPlusBackground(options: SignalPlusBackgroundOptions): Workspace {
	checkOptions(options, [...HISTOGRAMS, "signalUncertainty", "floatingBackground"]);
	const { signal, background, backgroundUncertainty, observed } = readHistograms(options, HISTOGRAMS);
	const { signalUncertainty, floatingBackground = false } = options;
	if (typeof floatingBackground !== "boolean") {
		const message = `found ${describe(floatingBackground)} where true or false belongs`;
		throw new OptionError("wrong-type", message, "options.floatingBackground");
	}
	const backgroundModifiers: Modifier[] = [{ name: "uncorr_bkguncrt", type: "shapesys", data: backgroundUncertainty }];
	if (floatingBackground) backgroundModifiers.push({ name: "bkgnorm", type: "normfactor", data: null });
	const signalModifiers: Modifier[] = [];
	if (signalUncertainty !== undefined) {
		const { signalUncertainty: data } = readHistograms({ signal, signalUncertainty }, ["signal", "signalUncertainty"]);
		signalModifiers.push({ name: "signal_stat", type: "shapesys", data });
	}
	return singleChannel({
		channel: "singlechannel",
		signal,
		signalModifiers,
		background,
		backgroundModifiers,
		observed,
	});
}
