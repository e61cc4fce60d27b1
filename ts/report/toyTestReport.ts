import type { Band, HypotestResult } from "../inference/hypotest.js";
import type { ToyTestResult } from "../toys/toyTest.js";
import type { JsonRecord } from "./json.js";
import { formatNumber } from "./rounding.js";
import type { Cell, Column, Table } from "./table.js";
import { BAND_COLUMNS } from "./testReport.js";
import { distributionRecord, madeRecord, probability, significant, toyNotes } from "./toyCounts.js";

/** Columns of the observed value and the expected band, each with its error. */
export const MEASURED_BAND_COLUMNS: readonly Column[] = ["observed", ...BAND_COLUMNS.map(({ title }) => title)].map(
	(title) => ({ title, kind: "measured" }),
);

/**
 * One hypothesis test by toys: CLs, CLs+b and CLb (for `q0`: the background's p-value), observed and expected, with the
 * errors that the number of toys leaves.
 *
 * @param asymptotic - The same test with the asymptotic formulae, for a line of its own below each.
 */
export function toyTestTable(result: ToyTestResult, asymptotic?: HypotestResult): Table {
	const { poi, mu, testStatistic, statistic, tested, alternative } = result;
	const row = (name: string, observed: Cell, expected: Band, errors?: Band): Cell[] => [
		name,
		observed,
		...expected.map((value, i) => probability(value, errors?.[i])),
	];
	const pair = (name: string, toys: readonly Cell[], formula: (test: HypotestResult) => readonly [number, Band]) => [
		toys,
		...(asymptotic === undefined
			? []
			: [row(`${name}, asymptotic`, probability(formula(asymptotic)[0], undefined), formula(asymptotic)[1])]),
	];
	const discovery = testStatistic === "q0";
	const first = discovery ? "p0" : "CLs";
	const cls = row(first, probability(result.cls, result.clsError), result.expected, result.expectedError);
	const clsb = row("CLs+b", probability(result.clsb, result.clsbError), result.expectedClsb, result.expectedClsbError);
	const clb = row("CLb", probability(result.clb, result.clbError), result.expectedClb, result.expectedClbError);
	const name = ({ mu: at }: { readonly mu: number }) => `${poi} = ${formatNumber(at)}`;
	return {
		title: `Hypothesis test of ${poi} = ${formatNumber(mu)} (${testStatistic}, toys)`,
		columns: [{ title: "", kind: "text" }, ...MEASURED_BAND_COLUMNS],
		rows: [
			...pair(first, cls, (test) => [test.cls, test.expected]),
			...(discovery
				? []
				: [
						...pair("CLs+b", clsb, (test) => [test.clsb, test.expectedClsb]),
						...pair("CLb", clb, (test) => [test.clb, test.expectedClb]),
					]),
		],
		notes: [
			`Test statistic ${significant(statistic)} on the data.`,
			...(result.cls === undefined ? ["No background toy is as extreme as the data: CLs needs more toys."] : []),
			...toyNotes(result, [
				{ name: name(tested), distribution: tested },
				{ name: name(alternative), distribution: alternative },
			]),
		],
	};
}

/**
 * One hypothesis test by toys as JSON: pyhf's `CLs_obs` and `CLs_exp` (−2σ to +2σ), beside them `CLsb` and `CLb`, the
 * `…_error` of each, how many toys there are and how their fits ended, and the `digest` over all statistics. `CLs_obs` is
 * `null` where no background toy is as extreme as the data. The same toys give the same text.
 */
export function toyTestRecord(result: ToyTestResult): JsonRecord {
	return {
		...madeRecord(result),
		poi: result.poi,
		poi_test: result.mu,
		test_stat: result.testStatistic,
		statistic: result.statistic,
		CLs_obs: result.cls ?? null,
		CLs_obs_error: result.clsError ?? null,
		CLs_exp: result.expected,
		CLs_exp_error: result.expectedError,
		CLsb: result.clsb,
		CLsb_error: result.clsbError,
		CLsb_exp: result.expectedClsb,
		CLsb_exp_error: result.expectedClsbError,
		CLb: result.clb,
		CLb_error: result.clbError,
		CLb_exp: result.expectedClb,
		CLb_exp_error: result.expectedClbError,
		toys: { tested: distributionRecord(result.tested), alternative: distributionRecord(result.alternative) },
	};
}
