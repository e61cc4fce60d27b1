import type { CoreHandle } from "../core/coreHandle.js";
import type { CoreUpperLimits } from "../core/generated/histfactory_wasm.js";
import type { Model } from "../model/model.js";
import { fitError } from "./fitStatus.js";
import { readTest, type TestSetup, testSetup } from "./hypothesisTests.js";
import type { ScanOptions } from "./scan.js";
import { limitResult, type Solution, type UpperLimitOptions, type UpperLimitResult } from "./upperLimit.js";

/** What the core answers for a limit that was not found; its code is the index plus one. */
const MISSING = ["above-range", "below-range"] as const;

/** Numbers of a tested point: its value, then as `readTest` reads it. */
const POINT = 28;

/** The search for the limits of one data set, a fit at a time. */
export class LimitSearch {
	readonly #setup: TestSetup;
	readonly #level: number;
	readonly #core: CoreHandle<CoreUpperLimits>;
	#fits = 0;

	/** @throws As `HypothesisTests`. */
	constructor(data: ArrayLike<number>, model: Model, options: UpperLimitOptions, level: number) {
		this.#setup = testSetup(data, model, options);
		this.#level = level;
		this.#core = this.#setup.prepare((core, ...words) => core.upperLimits(...words, level));
	}

	/**
	 * Makes the next fit; says whether all limits are known.
	 *
	 * @throws FitError where it does not converge.
	 */
	step(onProgress: ScanOptions["onProgress"]): boolean {
		const [status, done, fits] = this.#core.call((core) => core.step()) as unknown as readonly [number, number, number];
		if (status !== 0) throw fitError(status, `search for the limits of ${this.#setup.poi}`);
		if (fits > this.#fits) onProgress?.(fits, undefined);
		this.#fits = fits;
		return done === 1;
	}

	/** The limits, once all are known. */
	result(): UpperLimitResult {
		const answer = this.#core.call((core) => core.result());
		const limits = Array.from({ length: 6 }, (_, i): Solution => {
			const [status, value] = answer.subarray(2 * i) as unknown as readonly [number, number];
			return status === 0 ? value : MISSING[status - 1]!;
		});
		const { poi, testStatistic, bounds } = this.#setup;
		const points = Array.from({ length: (answer.length - 12) / POINT }, (_, i) => {
			const numbers = answer.subarray(12 + POINT * i, 12 + POINT * (i + 1));
			return readTest(numbers[0]!, testStatistic, numbers.subarray(1));
		});
		const scan = Object.freeze({ poi, testStatistic, points: Object.freeze(points) });
		return limitResult(this.#level, "root", limits, [Math.max(bounds[0], 0), bounds[1]], this.#fits, scan);
	}

	free(): void {
		this.#core.free();
	}
}
