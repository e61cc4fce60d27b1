import type { LimitStatus, UpperLimitResult } from "../inference/upperLimit.js";
import type { JsonRecord } from "./json.js";
import { formatNumber } from "./rounding.js";
import type { Cell, Table } from "./table.js";
import { BAND_COLUMNS, scanRecord } from "./testReport.js";

/** Upper limits, observed and expected; a limit that was not found is a dash with a note why. */
export function limitTable(result: UpperLimitResult): Table {
	const { points, poi } = result.scan;
	const cells = [result.observed, ...result.expected];
	const [first, last] = result.range.map(formatNumber);
	const statuses = [result.status.observed, ...result.status.expected];
	return {
		title: `${confidence(result.level)} CL upper limit on ${result.poi} (${result.scan.testStatistic}, asymptotic)`,
		columns: [{ title: "", kind: "text" }, { title: "observed", kind: "number" }, ...BAND_COLUMNS],
		rows: [[result.poi, ...cells.map((value): Cell => (value === undefined ? "-" : { value, digits: 4 }))]],
		notes: [
			result.method === "root"
				? `Solved for CLs = ${formatNumber(result.level)} with ${result.fits} constrained fits.`
				: `Interpolated linearly between ${points.length} points, ${poi} = ${first} to ${last}.`,
			...missingNotes(statuses, poi, result.level, result.range),
		],
	};
}

/** Which limits are not there, and why; `statuses` are of the observed limit and the expected ones. */
export function missingNotes(
	statuses: readonly LimitStatus[],
	poi: string,
	level: number,
	range: readonly [number, number],
): string[] {
	const [first, last] = range.map(formatNumber);
	const missing = (status: LimitStatus, reason: string): string[] => {
		const bands = BAND_COLUMNS.filter((_, i) => statuses[i + 1] === status).map(({ title }) => title);
		const which = [
			...(statuses[0] === status ? ["observed"] : []),
			...(bands.length === 0 ? [] : [bands.length === 5 ? "all expected" : `expected ${bands.join(", ")}`]),
		];
		return which.length === 0 ? [] : [`No limit ${which.join(" and ")}: ${reason}.`];
	};
	return [
		...missing("above-range", `CLs stays above ${formatNumber(level)} for ${poi} = ${first} to ${last}`),
		...missing("below-range", `CLs is below ${formatNumber(level)} from ${poi} = ${first} on`),
	];
}

/** `95 %` for level 0.05. */
export function confidence(level: number): string {
	return `${formatNumber(Number((100 * (1 - level)).toPrecision(12)))} %`;
}

/**
 * Upper limits as JSON: `limit_obs` and `limit_exp` (−2σ to +2σ), `null` where there is none, with
 * `status_obs` and `status_exp` to tell why, and the `scan` of all tested points.
 */
export function limitRecord(result: UpperLimitResult): JsonRecord {
	return {
		poi: result.poi,
		level: result.level,
		method: result.method,
		limit_obs: result.observed ?? null,
		limit_exp: result.expected.map((limit) => limit ?? null),
		status_obs: result.status.observed,
		status_exp: result.status.expected,
		range: result.range,
		fits: result.fits,
		scan: scanRecord(result.scan),
	};
}
