import { OptionError } from "../errors.js";
import { fitError } from "../inference/fitStatus.js";
import type { TestStatistic } from "../inference/hypotest.js";
import { type TestSetup, testSetup } from "../inference/hypothesisTests.js";
import { type Setup, setupOf } from "../inference/setup.js";
import { checkData } from "../model/checkVectors.js";
import { flatOf, type Model } from "../model/model.js";
import { ConditionalFits } from "./conditionalFits.js";
import { Digest } from "./digest.js";
import type { Ensemble, FlatModel } from "./ensemble.js";
import { statisticOf } from "./toyCore.js";
import { type AuxiliaryData, type ToyOptions, type ToySetup, toySetup } from "./toyOptions.js";

/** What a study is for. */
export type ToyStudyKind = "test" | "goodness-of-fit" | "discovery";

/**
 * Everything that determines the toys of a study and what is computed of them: plain data that can be kept in a file.
 * Whoever has it makes the same toys.
 */
export interface ToyStudy {
	readonly kind: ToyStudyKind;
	readonly model: FlatModel;
	/**
	 * The hypotheses. For `"test"` two: the tested value of the parameter of interest (stream 1), then what it is tested
	 * against (stream 0), which is 0, or 1 for `q0`. For the others one, stream 0.
	 */
	readonly ensembles: readonly Ensemble[];
	/** How many toys of each. */
	readonly toys: readonly number[];
	/** Label of the parameter of interest; empty for `"goodness-of-fit"`. */
	readonly poi: string;
	/** Its tested value; 0 for `"goodness-of-fit"`. */
	readonly mu: number;
	readonly testStatistic: TestStatistic | "deviance";
	/** The statistic of the data, found as those of the toys are. */
	readonly observed: number;
	readonly seed: number;
	readonly auxiliary: AuxiliaryData;
	/** SHA-256 over all of the above, hexadecimal; identifies the study. */
	readonly digest: string;
}

/** Streams of the two hypotheses of a test. */
export const TESTED_STREAM = 1;
export const ALTERNATIVE_STREAM = 0;

/**
 * The toy study of a hypothesis test: the toys of either hypothesis are made with the nuisance parameters at their
 * conditional best fit to the data (Cowan, Cranmer, Gross, Vitells, arXiv:1007.1727, 3.8; pyhf's `ToyCalculator`).
 *
 * @param mu - The tested value, within the bounds of the parameter of interest; 0 for `q0`.
 * @param data - Main counts, then auxiliary data: `workspace.data(model)`.
 * @throws FitError where a fit to the data does not converge; ModelError, DataError, OptionError as `hypotest`;
 * OptionError `bad-toys`, `bad-seed`, `unknown-auxiliary`, `q0-not-zero`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { planToyTest } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const study = planToyTest(1, workspace.data(model), model, { toys: 500, seed: 7 });
 * assert.deepEqual(study.toys, [500, 500]);
 * assert.ok(Math.abs(study.observed - 3.93824) < 1e-4);
 * assert.match(study.digest, /^[0-9a-f]{64}$/);
 * ```
 */
export function planToyTest(mu: number, data: ArrayLike<number>, model: Model, options: ToyOptions = {}): ToyStudy {
	return new ToyTestPlans(data, model, options).at(mu);
}

/** The toy studies of tests of several values on one data set, which share their fits to the data. */
export class ToyTestPlans {
	readonly #data: ArrayLike<number>;
	readonly #model: Model;
	readonly #setup: Setup;
	readonly #toys: ToySetup;
	readonly #test: TestSetup;
	readonly #fits: ConditionalFits;

	/** @throws As `planToyTest`, but for what concerns the tested value. */
	constructor(data: ArrayLike<number>, model: Model, options: ToyOptions) {
		this.#toys = toySetup(options);
		this.#test = testSetup(data, model, options);
		this.#setup = setupOf(model, options);
		this.#data = data;
		this.#model = model;
		this.#fits = new ConditionalFits(data, model, options, this.#test.poi);
	}

	/**
	 * The study of one value.
	 *
	 * @throws FitError; OptionError `q0-not-zero`, `poi-outside-bounds`.
	 */
	at(mu: number): ToyStudy {
		const { toys, seed, auxiliary, points = 1 } = this.#toys;
		const { poi, testStatistic, bounds } = this.#test;
		checkTested(mu, poi, testStatistic, bounds);
		const other = testStatistic === "q0" ? 1 : 0;
		const alternative = this.#fits.at(other);
		const tested = generatingPoints(this.#fits, mu, other, points);
		const statistic = { kind: testStatistic, poi: this.#model.poiIndex!, mu, conditional: tested[0]! };
		const common = { ...ensembleBase(this.#data, this.#model, this.#setup, this.#toys), statistic };
		return sealStudy(this.#model, this.#data, {
			kind: "test",
			ensembles: [
				{ ...common, stream: TESTED_STREAM, points: tested },
				{ ...common, stream: ALTERNATIVE_STREAM, points: [alternative] },
			],
			toys: [toys, toys],
			poi,
			mu,
			testStatistic,
			seed,
			auxiliary,
		});
	}
}

/**
 * Best fits to the data with the parameter of interest at so many values from the first to the last, equally spaced.
 *
 * On this curve the expected data go from one hypothesis to the other on the way that changes the best fit of the parameter
 * of interest the most for the likelihood that it costs, which is where the tail of a profile-likelihood statistic is.
 *
 * @throws FitError where a fit does not converge.
 */
export function generatingPoints(
	fits: ConditionalFits,
	first: number,
	last: number,
	points: number,
): Float64Array<ArrayBuffer>[] {
	return Array.from({ length: points }, (_, i) => {
		const way = points === 1 ? 0 : i / (points - 1);
		return fits.at(first * (1 - way) + last * way);
	});
}

/** The part of an ensemble that is the same for all hypotheses of a study. */
export function ensembleBase(data: ArrayLike<number>, model: Model, setup: Setup, { seed, auxiliary }: ToySetup) {
	const { start, lower, upper, fixed, maxIterations, starts } = setup;
	return {
		seed,
		fluctuateAuxiliary: auxiliary === "fluctuated",
		auxiliary: checkData(data, model).slice(model.bins),
		fit: Object.freeze({ start, lower, upper, fixed, maxIterations, starts }),
	};
}

/**
 * A study with the statistic of the data and its digest.
 *
 * @throws FitError where the statistic of the data cannot be found.
 */
export function sealStudy(
	model: Model,
	data: ArrayLike<number>,
	plan: Omit<ToyStudy, "model" | "observed" | "digest">,
): ToyStudy {
	const flat = flatOf(model);
	const ensembles = Object.freeze(
		plan.ensembles.map((ensemble) =>
			Object.freeze({
				...ensemble,
				points: Object.freeze(ensemble.points),
				statistic: Object.freeze(withoutSign(ensemble.statistic)),
			}),
		),
	);
	const { status, statistic: observed } = statisticOf(flat, ensembles[0]!, checkData(data, model));
	if (status !== 0) throw fitError(status, `${plan.testStatistic} of the data`);
	const study = { ...withoutSign({ ...plan, observed }), model: flat, ensembles, toys: Object.freeze(plan.toys) };
	return Object.freeze({ ...study, digest: studyDigest(study) });
}

/**
 * SHA-256 over a study: words with their length before them, every number a double (lowest byte first), lists with their
 * length before them, in the order of the interfaces `ToyStudy` and `Ensemble`.
 */
export function studyDigest(study: Omit<ToyStudy, "digest">): string {
	const digest = new Digest();
	digest.word("histfactory toy study 1").word(study.kind).list(study.model.structure).list(study.model.numbers);
	digest.numbers([study.ensembles.length]);
	for (const { seed, stream, points, fluctuateAuxiliary, auxiliary, fit, statistic } of study.ensembles) {
		digest.numbers([seed, stream, points.length]);
		for (const point of points) digest.list(point);
		digest.numbers([Number(fluctuateAuxiliary)]).list(auxiliary);
		digest.list(fit.start).list(fit.lower).list(fit.upper).list(fit.fixed).numbers([fit.maxIterations, fit.starts]);
		digest.word(statistic.kind);
		if (statistic.kind !== "deviance") digest.numbers([statistic.poi, statistic.mu]).list(statistic.conditional);
	}
	digest.list(study.toys).word(study.poi).numbers([study.mu]).word(study.testStatistic);
	return digest.numbers([study.observed, study.seed]).word(study.auxiliary).hex();
}

/** With 0 for −0, which JSON writes as 0: a study that was in a file has the digest that it had before. */
function withoutSign<T extends object>(record: T): T {
	const entries = Object.entries(record).map(([key, value]) => [key, value === 0 ? 0 : value]);
	return Object.fromEntries(entries) as T;
}

function checkTested(
	mu: number,
	poi: string,
	testStatistic: TestStatistic,
	[lower, upper]: readonly [number, number],
): void {
	if (testStatistic === "q0" && mu !== 0) {
		throw new OptionError("q0-not-zero", `q0 tests the background alone, ${poi} = 0, not ${mu}`, "mu");
	}
	if (mu >= lower && mu <= upper) return;
	throw new OptionError(
		"poi-outside-bounds",
		`${poi} = ${mu} cannot be tested: it lies outside the bounds ${lower} to ${upper}; widen them with ` +
			`{ bounds: { ${poi}: [lower, upper] } }`,
		"mu",
	);
}
