import { OptionError } from "../errors.js";
import type { HypotestOptions } from "../inference/hypotest.js";
import type { ToyProgress } from "./toyProgress.js";

/** Whether the auxiliary data of toys are drawn like the main counts, or stay as observed. */
export type AuxiliaryData = "fluctuated" | "fixed";

/** How toys are made; the options of a test hold for the fits to the data and to every toy. */
export interface ToyOptions extends HypotestOptions {
	/** Toys of each hypothesis; 2000 by default, as in pyhf. */
	readonly toys?: number;
	/** A whole number, 0 … 2⁵³ − 1, that picks the random numbers; 0 by default. */
	readonly seed?: number;
	/**
	 * `"fluctuated"` by default: a toy is a repetition of the whole experiment. `"fixed"` keeps the observed auxiliary
	 * data, which makes nuisance parameters look known and limits too weak or too strong.
	 */
	readonly auxiliary?: AuxiliaryData;
	/**
	 * At how many points the toys of the tested hypothesis are generated; 1 by default. With more, they lie between it and
	 * what it is tested against, and toys are weighted back (importance sampling), so that a p-value far below 1/`toys` is
	 * found.
	 */
	readonly points?: number;
}

/** How a study is run; none of this changes a result. */
export interface RunOptions {
	/** Workers that make toys; as many as the machine runs at once by default, 0 for this thread alone. */
	readonly workers?: number;
	/** Stops the study. */
	readonly signal?: AbortSignal;
	/** Called from time to time with how far the study has come. */
	readonly onProgress?: (progress: ToyProgress) => void;
}

/** What the options say of the toys, checked. */
export interface ToySetup {
	readonly toys: number;
	readonly seed: number;
	readonly auxiliary: AuxiliaryData;
	/** `undefined`: left to the study. */
	readonly points: number | undefined;
}

/** Most toys of one hypothesis: their statistics fit into memory. */
const MOST_TOYS = 1e9;

/** More generating points than this only spread the toys thin. */
const MOST_POINTS = 50;

/**
 * The options with what is left out.
 *
 * @throws OptionError `bad-toys`, `bad-seed`, `unknown-auxiliary`, `bad-points`.
 */
export function toySetup({ toys = 2000, seed = 0, auxiliary = "fluctuated", points }: ToyOptions): ToySetup {
	if (!(Number.isInteger(toys) && toys > 0 && toys <= MOST_TOYS)) {
		throw new OptionError("bad-toys", `expected a whole number from 1 to ${MOST_TOYS}, found ${toys}`, "options.toys");
	}
	if (!(Number.isSafeInteger(seed) && seed >= 0)) {
		throw new OptionError("bad-seed", `expected a whole number from 0 to 2⁵³ − 1, found ${seed}`, "options.seed");
	}
	if (auxiliary !== "fluctuated" && auxiliary !== "fixed") {
		const message = `expected "fluctuated" or "fixed", found ${JSON.stringify(auxiliary)}`;
		throw new OptionError("unknown-auxiliary", message, "options.auxiliary");
	}
	if (points !== undefined && !(Number.isInteger(points) && points > 0 && points <= Math.min(MOST_POINTS, toys))) {
		throw new OptionError(
			"bad-points",
			`expected a whole number from 1 to ${MOST_POINTS}, and not more than toys, found ${points}`,
			"options.points",
		);
	}
	return { toys, seed, auxiliary, points };
}
