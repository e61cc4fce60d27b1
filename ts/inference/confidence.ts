import { loadCore } from "../core/core.js";
import { OptionError } from "../errors.js";

/** 1 − 2 (1 − Φ(1)): one standard deviation. */
const ONE_SIGMA = 0.6826894921370859;

/** A confidence level (not 1 − it, as the `level` of limits), and how far −2 ln L rises at the edge of a region of one or two parameters with it. */
export interface Confidence {
	readonly confidenceLevel: number;
	readonly deltaTwiceNll: number;
}

/**
 * The rise that a confidence level asks for: a quantile of χ² with as many degrees of freedom as there are parameters.
 *
 * @throws OptionError `bad-confidence-level`.
 */
export function confidenceOf(level: number | undefined, parameters: 1 | 2): Confidence {
	const confidenceLevel = level ?? ONE_SIGMA;
	if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
		throw new OptionError(
			"bad-confidence-level",
			`expected a number between 0 and 1, like 0.95, found ${level}`,
			"options.confidenceLevel",
		);
	}
	// One standard deviation of one parameter is a rise of 1, to the last digit.
	const exact = level === undefined && parameters === 1;
	const deltaTwiceNll = exact ? 1 : loadCore().call((glue) => glue.riseAt(confidenceLevel, parameters));
	return { confidenceLevel, deltaTwiceNll };
}
