import { CoreHandle } from "../core/coreHandle.js";
import type { CoreProfile } from "../core/generated/histfactory_wasm.js";
import { OptionError } from "../errors.js";
import { checkData } from "../model/checkVectors.js";
import { coreOf, type Model } from "../model/model.js";
import type { FitOptions } from "./fit.js";
import { fitError } from "./fitStatus.js";
import type { ScanOptions } from "./scan.js";
import { indicesOf, setupOf } from "./setup.js";

/** How to follow a profile: the options of its fits, and how to follow or stop long work. */
export interface ProfileOptions extends FitOptions, Pick<ScanOptions, "signal" | "onProgress"> {}

/**
 * What ends an interval or a contour: `"found"`, the profile has risen by the amount that the confidence level asks for;
 * `"bound"`, a parameter reached its bound before; `"domain"`, a bin with counts lost its positive rate before.
 */
export type EndStatus = "found" | "bound" | "domain";

/** A range of a parameter, with what ends it. */
export interface Region {
	readonly lower: number;
	readonly upper: number;
	readonly status: { readonly lower: EndStatus; readonly upper: EndStatus };
}

/** The free minimum that profiles are relative to. */
export interface BestFit {
	/** −2 ln L with all constants. */
	readonly twiceNll: number;
	readonly parameters: Float64Array<ArrayBuffer>;
	/** As in `FitResult`. */
	readonly uncertainties: Float64Array<ArrayBuffer>;
}

/** A point of a profile. */
export interface ConditionalFit {
	readonly deltaTwiceNll: number;
	readonly parameters: Float64Array<ArrayBuffer>;
}

const END_STATUS: readonly EndStatus[] = ["found", "bound", "domain"];

/**
 * The profiles of −2 ln L around one free fit.
 *
 * @throws FitError where the free fit does not converge; DataError, OptionError for bad input.
 */
export class ProfileLikelihood {
	/** Bounds of each parameter. */
	readonly bounds: readonly (readonly [number, number])[];
	readonly #core: CoreHandle<CoreProfile>;
	readonly #model: Model;
	readonly #fixed: Uint8Array<ArrayBuffer>;

	constructor(data: ArrayLike<number>, model: Model, options: FitOptions) {
		const counts = checkData(data, model);
		const { start, lower, upper, fixed, maxIterations, starts } = setupOf(model, options);
		const values = Float64Array.of(...start, ...lower, ...upper);
		this.#model = model;
		this.bounds = Array.from(lower, (bound, i) => [bound, upper[i]!] as const);
		this.#fixed = fixed;
		this.#core = new CoreHandle(() =>
			coreOf(model).call((core) => core.profileLikelihood(counts, values, fixed, maxIterations, starts)),
		);
		const status = this.#core.call((core) => core.best()[0]!);
		if (status !== 0) throw fitError(status, "free fit");
	}

	/**
	 * The free parameters that names stand for, labels or names of sets; each once, in the order of the names.
	 *
	 * @throws OptionError `unknown-parameter`; `fixed-parameter` where all that a name stands for are fixed.
	 */
	parameters(names: readonly string[], path: string): readonly number[] {
		const found = names.flatMap((name, i) => {
			const place = `${path}[${i}]`;
			const indices = indicesOf(name, this.#model, place);
			const free = indices.filter((index) => this.#fixed[index] === 0);
			if (free.length > 0) return free;
			throw this.#fixedError(name, place);
		});
		return [...new Set(found)];
	}

	/**
	 * The free parameter with a label.
	 *
	 * @throws OptionError `unknown-parameter`, `several-parameters`, `fixed-parameter`.
	 */
	parameter(name: string, path: string): number {
		const [index = 0, ...more] = indicesOf(name, this.#model, path);
		if (more.length > 0) {
			const labels = `${this.#model.parameterNames[index]} to ${this.#model.parameterNames[more.at(-1)!]}`;
			throw new OptionError("several-parameters", `${name} stands for several parameters; name one, ${labels}`, path);
		}
		if (this.#fixed[index] === 1) throw this.#fixedError(name, path);
		return index;
	}

	/** All parameters that are not fixed. */
	get freeParameters(): readonly number[] {
		return Array.from(this.#fixed.keys()).filter((index) => this.#fixed[index] === 0);
	}

	/** The lowest free minimum found so far. */
	get best(): BestFit {
		const answer = this.#core.call((core) => core.best());
		const size = this.bounds.length;
		return {
			twiceNll: answer[1]!,
			parameters: Float64Array.from(answer.subarray(2, 2 + size)),
			uncertainties: Float64Array.from(answer.subarray(2 + size)),
		};
	}

	/** How often a lower free minimum was found; what was computed before the last time is out of date. */
	get revision(): number {
		return this.#core.call((core) => core.revision);
	}

	/**
	 * The conditional best fit with a parameter at a value.
	 *
	 * @throws FitError.
	 */
	point(parameter: number, value: number): ConditionalFit {
		const answer = this.#core.call((core) => core.point(parameter, value));
		if (answer[0] !== 0) throw fitError(answer[0]!, `fit at ${this.#model.parameterNames[parameter]} = ${value}`);
		return { deltaTwiceNll: answer[1]!, parameters: Float64Array.from(answer.subarray(2)) };
	}

	/**
	 * The interval of a parameter around its best fit.
	 *
	 * @throws FitError.
	 */
	interval(parameter: number, deltaTwiceNll: number): Region {
		const answer = this.#core.call((core) => core.interval(parameter, deltaTwiceNll));
		if (answer[0] !== 0) throw fitError(answer[0]!, `interval of ${this.#model.parameterNames[parameter]}`);
		return region(answer.subarray(1));
	}

	/**
	 * Regions besides the interval, as a number of values between the bounds show them.
	 *
	 * @throws FitError; OptionError `infinite-bounds`.
	 */
	otherRegions(parameter: number, deltaTwiceNll: number, { lower, upper }: Region, points: number): readonly Region[] {
		const name = this.#model.parameterNames[parameter]!;
		if (!this.bounds[parameter]!.every(Number.isFinite)) {
			throw new OptionError(
				"infinite-bounds",
				`values between the bounds of ${name} can only be searched where these are finite; give options.bounds`,
				"options.searchPoints",
			);
		}
		const answer = this.#core.call((core) => core.otherRegions(parameter, deltaTwiceNll, lower, upper, points));
		if (answer[0] !== 0) throw fitError(answer[0]!, `search for regions of ${name}`);
		const count = (answer.length - 1) / 4;
		return Object.freeze(Array.from({ length: count }, (_, i) => region(answer.subarray(1 + 4 * i, 5 + 4 * i))));
	}

	/** Begins the contour of two parameters. */
	beginContour(first: number, second: number, deltaTwiceNll: number): void {
		this.#core.call((core) => core.beginContour(first, second, deltaTwiceNll));
	}

	/**
	 * Finds one more point of the contour; whether it is complete.
	 *
	 * @throws FitError.
	 */
	advanceContour(): boolean {
		const answer = this.#core.call((core) => core.advanceContour());
		if (answer[0] !== 0) throw fitError(answer[0]!, "contour");
		return answer[1] === 1;
	}

	/** Points of the contour so far. */
	contourPoints(): readonly { readonly values: readonly [number, number]; readonly status: EndStatus }[] {
		const answer = this.#core.call((core) => core.contourPoints());
		return Array.from({ length: answer.length / 3 }, (_, i) => {
			const [first, second, status] = answer.subarray(3 * i, 3 * i + 3) as unknown as readonly [number, number, number];
			return Object.freeze({ values: Object.freeze([first, second] as const), status: END_STATUS[status]! });
		});
	}

	free(): void {
		this.#core.free();
	}

	#fixedError(name: string, path: string): OptionError {
		const advice = `free it with { fixed: { ${JSON.stringify(name)}: false } }`;
		return new OptionError("fixed-parameter", `${name} is fixed, so it has no profile; ${advice}`, path);
	}
}

function region(flat: Float64Array): Region {
	const [lower, lowerStatus, upper, upperStatus] = flat as unknown as readonly [number, number, number, number];
	const status = Object.freeze({ lower: END_STATUS[lowerStatus]!, upper: END_STATUS[upperStatus]! });
	return Object.freeze({ lower, upper, status });
}
