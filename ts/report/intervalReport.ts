import type { Interval, IntervalsResult } from "../inference/intervals.js";
import type { EndStatus, Region } from "../inference/profileLikelihood.js";
import type { JsonRecord } from "./json.js";
import { formatNumber, formatSignificant, roundPdg } from "./rounding.js";
import type { Cell, Quantity, Table } from "./table.js";

/** Intervals: best fit with its distances to both ends, rounded by the smaller one, and the ends themselves. */
export function intervalTable(result: IntervalsResult): Table {
	const cut = result.intervals.flatMap(({ status }) => [status.lower, status.upper]);
	const count = (status: EndStatus) => cut.filter((other) => other === status).length;
	const apart = result.intervals.filter(({ others }) => others.length > 0);
	return {
		title: `${percent(result.confidenceLevel)} confidence intervals (profile of -2 ln L, rise ${formatNumber(result.deltaTwiceNll)})`,
		columns: [
			{ title: "parameter", kind: "text" },
			{ title: "value", kind: "number" },
			{ title: "down", kind: "number" },
			{ title: "up", kind: "number" },
			{ title: "from", kind: "number" },
			{ title: "to", kind: "number" },
			{ title: "note", kind: "text" },
		],
		rows: result.intervals.map((interval) => [interval.parameter, ...cells(interval), remark(interval)]),
		notes: [
			...ends(count("bound"), "at a bound: the profile has not risen by as much before"),
			...ends(count("domain"), "where a bin with counts loses its positive rate: -2 ln L is not defined beyond"),
			...apart.map(({ parameter, others }) => `Not excluded either, apart from that: ${parameter} ${listed(others)}.`),
			...(result.lowerMinimum ? [LOWER_MINIMUM] : []),
		],
	};
}

/** The note that a lower minimum than that of the free fit turned up. */
export const LOWER_MINIMUM =
	"Relative to a lower minimum than the one that a fit from the usual start finds: start there with other start values.";

/** `68.27 %`. */
export function percent(confidenceLevel: number): string {
	return `${formatNumber(Number((100 * confidenceLevel).toPrecision(4)))} %`;
}

function cells({ bestFit, lower, upper }: Interval): Cell[] {
	const [down, up] = [lower - bestFit, upper - bestFit];
	const round = rounding(bestFit, -down, up);
	const signed = (value: number): Cell => (value === 0 ? 0 : finite({ value, ...round }));
	return [
		finite({ value: bestFit, ...round }),
		signed(down),
		signed(up),
		finite({ value: lower, digits: 4 }),
		finite({ value: upper, digits: 4 }),
	];
}

/** To the place of the smaller distance, by the rule of the Particle Data Group. */
function rounding(value: number, ...distances: readonly number[]): Omit<Quantity, "value"> {
	const smallest = Math.min(...distances.filter((distance) => distance > 0));
	if (!Number.isFinite(smallest)) return { digits: 4 };
	const { uncertainty, exponent } = roundPdg(value, smallest);
	return exponent === 0 ? { decimals: uncertainty.split(".")[1]?.length ?? 0 } : { digits: 3 };
}

function finite(quantity: Quantity): Cell {
	return Number.isFinite(quantity.value) ? quantity : quantity.value > 0 ? "∞" : "-∞";
}

function remark({ status }: Interval): string {
	const place = { bound: "at its bound", domain: "at the edge of the domain" } as const;
	const said = (["lower", "upper"] as const).flatMap((end) => {
		const reason = status[end];
		return reason === "found" ? [] : [`${end} end ${place[reason]}`];
	});
	return said.join(", ");
}

function ends(count: number, what: string): string[] {
	return count === 0 ? [] : [`${count} end${count === 1 ? " is" : "s are"} ${what}.`];
}

function listed(regions: readonly Region[]): string {
	return regions
		.map(({ lower, upper }) => `${formatSignificant(lower, 4)} to ${formatSignificant(upper, 4)}`)
		.join(", ");
}

/**
 * Intervals as JSON: per parameter its `best_fit`, the ends `lower` and `upper` with what ends them (`status_lower`,
 * `status_upper`: `found`, `bound`, `domain`), and `others`, regions apart.
 */
export function intervalRecord(result: IntervalsResult): JsonRecord {
	return {
		confidence_level: result.confidenceLevel,
		delta_twice_nll: result.deltaTwiceNll,
		twice_nll: result.twiceNll,
		lower_minimum: result.lowerMinimum,
		search_points: result.searchPoints,
		intervals: Object.fromEntries(
			result.intervals.map((interval) => [
				interval.parameter,
				{
					best_fit: interval.bestFit,
					...regionRecord(interval),
					others: interval.others.map(regionRecord),
				},
			]),
		),
	};
}

function regionRecord({ lower, upper, status }: Region): JsonRecord {
	return { lower, upper, status_lower: status.lower, status_upper: status.upper };
}
