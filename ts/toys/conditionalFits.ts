import { FitError } from "../errors.js";
import { type FitOptions, type FitResult, fit } from "../inference/fit.js";
import type { Model } from "../model/model.js";

/** A constrained minimum this far below the free one shows that the free fit was not at the lowest minimum. */
const LOWER_MINIMUM = 1e-6;

/** Fits of one data set with the parameter of interest held, for the points at which toys are made. */
export class ConditionalFits {
	readonly #data: ArrayLike<number>;
	readonly #model: Model;
	readonly #options: FitOptions;
	readonly #poi: string;
	readonly #known = new Map<number, Float64Array<ArrayBuffer>>();
	#free: FitResult;

	/**
	 * @param poi - Label of the parameter of interest.
	 * @throws FitError where the free fit does not converge; DataError, OptionError.
	 */
	constructor(data: ArrayLike<number>, model: Model, options: FitOptions, poi: string) {
		this.#data = data;
		this.#model = model;
		this.#options = options;
		this.#poi = poi;
		this.#free = fit(data, model, options);
	}

	/** The free fit, from the lowest minimum that any of the fits has shown. */
	get free(): FitResult {
		return this.#free;
	}

	/**
	 * The best fit with the parameter of interest at `mu`. As in tests, it is made from two starts, the free best fit and
	 * the usual one, and the lower minimum is taken.
	 *
	 * @throws FitError where neither converges.
	 */
	at(mu: number): Float64Array<ArrayBuffer> {
		const known = this.#known.get(mu) ?? this.#fitAt(mu);
		this.#known.set(mu, known);
		return known;
	}

	#fitAt(mu: number): Float64Array<ArrayBuffer> {
		const options = { ...this.#options, fixed: { ...this.#options.fixed, [this.#poi]: mu } };
		const near = this.#tryFit({ ...options, init: this.#startAt(this.#free) });
		const usual = this.#tryFit(options);
		const best = lower(near, usual);
		if (best instanceof FitError) throw best;
		if (best.twiceNll < this.#free.twiceNll - LOWER_MINIMUM) {
			this.#free = fit(this.#data, this.#model, { ...this.#options, init: this.#startAt(best) });
		}
		return best.parameters;
	}

	#tryFit(options: FitOptions): FitResult | FitError {
		try {
			return fit(this.#data, this.#model, options);
		} catch (error) {
			if (error instanceof FitError) return error;
			throw error;
		}
	}

	#startAt({ parameterNames, parameters }: FitResult): Record<string, number> {
		return Object.fromEntries(parameterNames.map((name, i) => [name, parameters[i]!]));
	}
}

function lower(near: FitResult | FitError, usual: FitResult | FitError): FitResult | FitError {
	if (near instanceof FitError) return usual;
	return usual instanceof FitError || near.twiceNll <= usual.twiceNll ? near : usual;
}
