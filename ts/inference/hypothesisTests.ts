import { CoreHandle } from "../core/coreHandle.js";
import type { CoreHypothesisTests, CoreModel } from "../core/generated/histfactory_wasm.js";
import { ModelError, OptionError } from "../errors.js";
import { checkData } from "../model/checkVectors.js";
import { coreOf, type Model } from "../model/model.js";
import { fitError } from "./fitStatus.js";
import type { Band, HypotestOptions, HypotestResult, TestStatistic } from "./hypotest.js";
import { setupOf } from "./setup.js";

const STATISTIC_CODES: Readonly<Record<TestStatistic, number>> = { q0: 0, q: 1, qtilde: 2 };

/** What tests of one data set share, checked. */
export interface TestSetup {
	/** Label of the parameter of interest. */
	readonly poi: string;
	readonly testStatistic: TestStatistic;
	/** Bounds of the parameter of interest. */
	readonly bounds: readonly [number, number];
	/**
	 * Has the core prepare something for tests, with the fits that come before any.
	 *
	 * @throws FitError where these do not converge.
	 */
	prepare<T extends { free(): void; readonly status: number }>(
		make: (core: CoreModel, ...words: Words) => T,
	): CoreHandle<T>;
}

/**
 * How the core is told of tests: data, set-up values, fixed parameters, iterations, starts, parameter of interest,
 * statistic.
 */
type Words = [Float64Array, Float64Array, Uint8Array, number, number, number, number];

/**
 * Checks what tests of `data` are to be.
 *
 * @throws ModelError `no-poi`, `poi-fixed`, `asimov-outside-bounds`; DataError, OptionError.
 */
export function testSetup(data: ArrayLike<number>, model: Model, options: HypotestOptions): TestSetup {
	const counts = checkData(data, model);
	const testStatistic = checkStatistic(options.testStatistic ?? "qtilde");
	const poiIndex = requirePoi(model);
	const poi = model.parameterNames[poiIndex]!;
	const { start, lower, upper, fixed, maxIterations, starts } = setupOf(model, options);
	const bounds = [lower[poiIndex]!, upper[poiIndex]!] as const;
	if (fixed[poiIndex] === 1) {
		throw new ModelError(
			"poi-fixed",
			`the parameter of interest ${poi} is fixed, so it cannot be tested; free it with { fixed: { ${poi}: false } }`,
		);
	}
	const asimov = testStatistic === "q0" ? 1 : 0;
	if (asimov < bounds[0] || asimov > bounds[1]) {
		throw new ModelError(
			"asimov-outside-bounds",
			`the Asimov data need ${poi} = ${asimov}, outside its bounds ${bounds.join(" to ")}; widen them with options.bounds`,
		);
	}
	const values = Float64Array.of(...start, ...lower, ...upper);
	const words: Words = [counts, values, fixed, maxIterations, starts, poiIndex, STATISTIC_CODES[testStatistic]];
	return {
		poi,
		testStatistic,
		bounds,
		prepare(make) {
			const handle = new CoreHandle(() => coreOf(model).call((core) => make(core, ...words)));
			const status = handle.call((core) => core.status);
			if (status !== 0) throw fitError(status, `fits before any test, free and at ${poi} = ${asimov}`);
			return handle;
		},
	};
}

/** Tests of any number of values on one data set: the free fit, the Asimov data and the fit to them are made once. */
export class HypothesisTests {
	readonly #setup: TestSetup;
	readonly #core: CoreHandle<CoreHypothesisTests>;

	/** @throws As `testSetup`; FitError. */
	constructor(data: ArrayLike<number>, model: Model, options: HypotestOptions) {
		this.#setup = testSetup(data, model, options);
		this.#core = this.#setup.prepare((core, ...words) => core.hypothesisTests(...words));
	}

	/** Label of the parameter of interest. */
	get poi(): string {
		return this.#setup.poi;
	}

	get testStatistic(): TestStatistic {
		return this.#setup.testStatistic;
	}

	/**
	 * Tests `mu`.
	 *
	 * @throws OptionError `poi-outside-bounds`; FitError.
	 */
	test(mu: number): HypotestResult {
		const { poi, testStatistic, bounds } = this.#setup;
		const [lower, upper] = bounds;
		if (!(mu >= lower && mu <= upper)) {
			throw new OptionError(
				"poi-outside-bounds",
				`${poi} = ${mu} cannot be tested: it lies outside the bounds ${lower} to ${upper}; widen them with ` +
					`{ bounds: { ${poi}: [lower, upper] } }`,
				"mu",
			);
		}
		const answer = this.#core.call((core) => core.test(mu));
		if (answer[0] !== 0) throw fitError(answer[0]!, `test of ${poi} = ${mu}`);
		return readTest(mu, testStatistic, answer.subarray(1));
	}

	/** How often a test has found a lower free minimum; tests from before the last time are out of date. */
	get revision(): number {
		return this.#core.call((core) => core.revision);
	}

	free(): void {
		this.#core.free();
	}
}

/** A test from the core's numbers for it. */
export function readTest(mu: number, testStatistic: TestStatistic, numbers: Float64Array): HypotestResult {
	const [muHat, statistic, statisticAsimov, cls, clsb, clb, lnCls] = numbers as unknown as readonly [
		number,
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const band = (i: number) => Object.freeze([...numbers.subarray(7 + 5 * i, 12 + 5 * i)]) as unknown as Band;
	return Object.freeze({
		mu,
		testStatistic,
		cls,
		clsb,
		clb,
		lnCls,
		expected: band(0),
		expectedClsb: band(1),
		expectedClb: band(2),
		expectedLnCls: band(3),
		statistic,
		statisticAsimov,
		muHat,
	});
}

function checkStatistic(statistic: TestStatistic): TestStatistic {
	if (Object.hasOwn(STATISTIC_CODES, statistic)) return statistic;
	const known = Object.keys(STATISTIC_CODES).join(", ");
	throw new OptionError(
		"unknown-test-statistic",
		`there is no test statistic ${JSON.stringify(statistic)}; choose one of ${known}`,
		"options.testStatistic",
	);
}

/** Index of the parameter of interest, or an error that says where it may come from. */
function requirePoi(model: Model): number {
	if (model.poiIndex !== undefined) return model.poiIndex;
	const message =
		model.measuredPoi === ""
			? "the measurement names no parameter of interest, so there is nothing to test; name one in its config.poi"
			: `the measurement's parameter of interest, ${model.measuredPoi}, is in no sample: a signal patch may bring it, ` +
				"as with the background-only likelihoods of HEPData";
	throw new ModelError("no-poi", message);
}
