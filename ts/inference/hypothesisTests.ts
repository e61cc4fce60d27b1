import { CoreHandle } from "../core/coreHandle.js";
import type { CoreHypothesisTests } from "../core/generated/histfactory_wasm.js";
import { ModelError, OptionError } from "../errors.js";
import { checkData } from "../model/checkVectors.js";
import { coreOf, type Model } from "../model/model.js";
import { fitError } from "./fitStatus.js";
import type { Band, HypotestOptions, HypotestResult, TestStatistic } from "./hypotest.js";
import { setupOf } from "./setup.js";

const STATISTIC_CODES: Readonly<Record<TestStatistic, number>> = { q0: 0, q: 1, qtilde: 2 };

/** A test with the logarithms of its CLs, which stay finite where CLs itself underflows. */
export interface EvaluatedTest {
	readonly result: HypotestResult;
	readonly lnCls: number;
	readonly lnExpected: Band;
}

/**
 * Tests of any number of values on one data set: the free fit, the Asimov data and the fit to them are made once.
 *
 * @throws ModelError `no-poi`, `poi-fixed`, `asimov-outside-bounds`; FitError; DataError, OptionError.
 */
export class HypothesisTests {
	readonly poi: string;
	readonly testStatistic: TestStatistic;
	/** Bounds of the parameter of interest. */
	readonly bounds: readonly [number, number];
	readonly #core: CoreHandle<CoreHypothesisTests>;

	constructor(data: ArrayLike<number>, model: Model, options: HypotestOptions) {
		const counts = checkData(data, model);
		this.testStatistic = checkStatistic(options.testStatistic ?? "qtilde");
		const poiIndex = requirePoi(model);
		this.poi = model.parameterNames[poiIndex]!;
		const { start, lower, upper, fixed, maxIterations } = setupOf(model, options);
		this.bounds = [lower[poiIndex]!, upper[poiIndex]!];
		if (fixed[poiIndex] === 1) {
			throw new ModelError(
				"poi-fixed",
				`the parameter of interest ${this.poi} is fixed, so it cannot be tested; free it with { fixed: { ${this.poi}: false } }`,
			);
		}
		const asimov = this.testStatistic === "q0" ? 1 : 0;
		if (asimov < this.bounds[0] || asimov > this.bounds[1]) {
			throw new ModelError(
				"asimov-outside-bounds",
				`the Asimov data need ${this.poi} = ${asimov}, outside its bounds ${this.bounds.join(" to ")}; widen them with options.bounds`,
			);
		}
		const values = Float64Array.of(...start, ...lower, ...upper);
		const code = STATISTIC_CODES[this.testStatistic];
		this.#core = new CoreHandle(() =>
			coreOf(model).call((core) => core.hypothesisTests(counts, values, fixed, maxIterations, poiIndex, code)),
		);
		const status = this.#core.call((core) => core.status);
		if (status !== 0) throw fitError(status, `fits before any test, free and at ${this.poi} = ${asimov}`);
	}

	/**
	 * Tests `mu`.
	 *
	 * @throws OptionError `poi-outside-bounds`; FitError.
	 */
	test(mu: number): EvaluatedTest {
		const [lower, upper] = this.bounds;
		if (!(mu >= lower && mu <= upper)) {
			throw new OptionError(
				"poi-outside-bounds",
				`${this.poi} = ${mu} cannot be tested: it lies outside the bounds ${lower} to ${upper}; widen them with ` +
					`{ bounds: { ${this.poi}: [lower, upper] } }`,
				"mu",
			);
		}
		const answer = this.#core.call((core) => core.test(mu));
		if (answer[0] !== 0) throw fitError(answer[0]!, `test of ${this.poi} = ${mu}`);
		const [muHat, statistic, statisticAsimov, cls, clsb, clb, lnCls] = answer.subarray(1) as unknown as readonly [
			number,
			number,
			number,
			number,
			number,
			number,
			number,
		];
		const band = (i: number) => Object.freeze([...answer.subarray(8 + 5 * i, 13 + 5 * i)]) as unknown as Band;
		const result = Object.freeze({
			mu,
			testStatistic: this.testStatistic,
			cls,
			clsb,
			clb,
			expected: band(0),
			expectedClsb: band(1),
			expectedClb: band(2),
			statistic,
			statisticAsimov,
			muHat,
		});
		return { result, lnCls, lnExpected: band(3) };
	}

	/** How often a test has found a lower free minimum; tests from before the last time are out of date. */
	get revision(): number {
		return this.#core.call((core) => core.revision);
	}

	free(): void {
		this.#core.free();
	}
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
