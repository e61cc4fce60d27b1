import type { LimitStatus } from "../inference/upperLimit.js";
import type { ToyLimitResult, ToyScanResult } from "../toys/toyLimit.js";
import type { JsonRecord } from "./json.js";
import { confidence, missingNotes } from "./limitReport.js";
import { formatNumber } from "./rounding.js";
import type { Table } from "./table.js";
import { probability } from "./toyCounts.js";
import { MEASURED_BAND_COLUMNS, toyTestRecord } from "./toyTestReport.js";

/** Upper limits by toys, observed and expected, with their errors; a limit that was not found is a dash with a note why. */
export function toyLimitTable(result: ToyLimitResult): Table {
	const { poi, testStatistic, points } = result.scan;
	const errors = [result.observedError, ...result.expectedError];
	const statuses: readonly LimitStatus[] = [result.status.observed, ...result.status.expected];
	const failed = points.reduce(
		(sum, { tested, alternative }) => sum + tested.failures.length + alternative.failures.length,
		0,
	);
	return {
		title: `${confidence(result.level)} CL upper limit on ${poi} (${testStatistic}, toys)`,
		columns: [{ title: "", kind: "text" }, ...MEASURED_BAND_COLUMNS],
		rows: [[poi, ...[result.observed, ...result.expected].map((value, i) => probability(value, errors[i]))]],
		notes: [
			`Interpolated to CLs = ${formatNumber(result.level)} between ${points.length} values with ${result.toys} toys in all; ` +
				`auxiliary data ${result.auxiliary}, seed ${result.seed}.`,
			...(failed === 0 ? [] : [`Fits of ${failed} of ${result.toys} toys failed; they count nowhere.`]),
			...missingNotes(statuses, poi, result.level, result.range),
			`Digest of all statistics ${result.digest}.`,
		],
	};
}

/** CLs by toys at every value of a scan, observed and expected, with its errors. */
export function toyScanTable({ poi, testStatistic, points }: ToyScanResult): Table {
	return {
		title: `CLs against ${poi} (${testStatistic}, toys)`,
		columns: [{ title: poi, kind: "number" }, { title: "toys", kind: "number" }, ...MEASURED_BAND_COLUMNS],
		rows: points.map((point) => [
			{ value: point.mu, digits: 5 },
			point.tested.toys + point.alternative.toys,
			probability(point.cls, point.clsError),
			...point.expected.map((value, i) => probability(value, point.expectedError[i])),
		]),
		notes: [],
	};
}

/**
 * Upper limits by toys as JSON: `limit_obs` and `limit_exp` (−2σ to +2σ) with `limit_obs_error` and `limit_exp_error`, `null`
 * where there is none, with `status_obs` and `status_exp` to tell why, and the `scan` of all tests.
 */
export function toyLimitRecord(result: ToyLimitResult): JsonRecord {
	return {
		calctype: "toybased",
		poi: result.poi,
		level: result.level,
		limit_obs: result.observed ?? null,
		limit_obs_error: result.observedError ?? null,
		limit_exp: result.expected.map((limit) => limit ?? null),
		limit_exp_error: result.expectedError.map((error) => error ?? null),
		status_obs: result.status.observed,
		status_exp: result.status.expected,
		range: result.range,
		toys: result.toys,
		seed: result.seed,
		auxiliary: result.auxiliary,
		digest: result.digest,
		scan: {
			poi: result.scan.poi,
			test_stat: result.scan.testStatistic,
			points: result.scan.points.map(toyTestRecord),
		},
	};
}
