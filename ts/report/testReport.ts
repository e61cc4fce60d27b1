import type { Band, HypotestResult } from "../inference/hypotest.js";
import type { ScanResult } from "../inference/scan.js";
import type { JsonRecord } from "./json.js";
import { formatNumber, formatSignificant } from "./rounding.js";
import type { Cell, Column, Table } from "./table.js";

/** Columns of the expected band, −2σ to +2σ. */
export const BAND_COLUMNS: readonly Column[] = ["-2σ", "-1σ", "median", "+1σ", "+2σ"].map((title) => ({
	title,
	kind: "number",
}));

/** One hypothesis test: CLs, CLs+b and CLb (for `q0`: the background's p-value), observed and expected. */
export function testTable(result: HypotestResult, poi: string): Table {
	const row = (name: string, observed: number, expected: Band): Cell[] => [
		name,
		...[observed, ...expected].map(probability),
	];
	const discovery = result.testStatistic === "q0";
	return {
		title: `Hypothesis test of ${poi} = ${formatNumber(result.mu)} (${result.testStatistic}, asymptotic)`,
		columns: [{ title: "", kind: "text" }, { title: "observed", kind: "number" }, ...BAND_COLUMNS],
		rows: discovery
			? [row("p0", result.cls, result.expected)]
			: [
					row("CLs", result.cls, result.expected),
					row("CLs+b", result.clsb, result.expectedClsb),
					row("CLb", result.clb, result.expectedClb),
				],
		notes: [
			`Best fit ${poi} = ${formatSignificant(result.muHat, 4)}; ` +
				`test statistic ${formatSignificant(result.statistic, 4)} on the data, ` +
				`${formatSignificant(result.statisticAsimov, 4)} on the Asimov data.`,
		],
	};
}

/** CLs at every point of a scan, observed and expected. */
export function scanTable(scan: ScanResult): Table {
	const name = scan.testStatistic === "q0" ? "p0" : "CLs";
	return {
		title: `${name} against ${scan.poi} (${scan.testStatistic}, asymptotic)`,
		columns: [{ title: scan.poi, kind: "number" }, { title: name, kind: "number" }, ...BAND_COLUMNS],
		rows: scan.points.map((point) => [point.mu, ...[point.cls, ...point.expected].map(probability)]),
		notes: [],
	};
}

function probability(value: number): Cell {
	return { value, digits: 4 };
}

/**
 * One hypothesis test as JSON: pyhf's `CLs_obs` and `CLs_exp` (−2σ to +2σ), and beside them `CLsb`, `CLb`,
 * their expected bands, the tested value `poi_test`, the best fit `poi_hat` and the test statistics.
 */
export function testRecord(result: HypotestResult): JsonRecord {
	return {
		poi_test: result.mu,
		poi_hat: result.muHat,
		test_stat: result.testStatistic,
		CLs_obs: result.cls,
		CLs_exp: result.expected,
		CLsb: result.clsb,
		CLsb_exp: result.expectedClsb,
		CLb: result.clb,
		CLb_exp: result.expectedClb,
		statistic: result.statistic,
		statistic_asimov: result.statisticAsimov,
	};
}

/** A scan as JSON: the name of the POI, and `points`, each a {@link testRecord}. */
export function scanRecord(scan: ScanResult): JsonRecord {
	return { poi: scan.poi, test_stat: scan.testStatistic, points: scan.points.map(testRecord) };
}
