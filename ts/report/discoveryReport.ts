import type { DiscoveryResult } from "../toys/discovery.js";
import type { JsonRecord } from "./json.js";
import type { Table } from "./table.js";
import { distributionRecord, madeRecord, probability, significant, toyNotes } from "./toyCounts.js";

/** The p-value of the background by toys, and its significance in standard deviations. */
export function discoveryTable(result: DiscoveryResult): Table {
	const { poi, pValue, pValueError, significance, significanceError, background } = result;
	return {
		title: `Discovery: test of ${poi} = 0 (q0, toys)`,
		columns: [
			{ title: "", kind: "text" },
			{ title: "observed", kind: "measured" },
		],
		rows: [
			["p0", probability(pValue, pValueError)],
			["significance", probability(significance, significanceError)],
		],
		notes: [
			`Test statistic ${significant(result.statistic)} on the data.`,
			`In the tail the toys say as much as ${Math.round(result.effectiveToys)} of equal weight.`,
			...toyNotes(result, [{ name: `${poi} = 0`, distribution: background }]),
		],
	};
}

/** A discovery by toys as JSON; `significance` is `null` where no toy, or every toy, is as extreme as the data. */
export function discoveryRecord(result: DiscoveryResult): JsonRecord {
	return {
		...madeRecord(result),
		poi: result.poi,
		test_stat: "q0",
		statistic: result.statistic,
		p_value: result.pValue,
		p_value_error: result.pValueError,
		significance: result.significance ?? null,
		significance_error: result.significanceError ?? null,
		effective_toys: result.effectiveToys,
		toys: { background: distributionRecord(result.background) },
	};
}
