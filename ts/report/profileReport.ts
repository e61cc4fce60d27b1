import type { ContourResult } from "../inference/contour.js";
import type { ProfileResult } from "../inference/profile.js";
import { LOWER_MINIMUM, percent } from "./intervalReport.js";
import type { JsonRecord } from "./json.js";
import { formatNumber, formatSignificant } from "./rounding.js";
import type { Table } from "./table.js";

/** The profile of one parameter: the rise of −2 ln L at each value. */
export function profileTable(result: ProfileResult): Table {
	return {
		title: `Profile of -2 ln L in ${result.parameter}`,
		columns: [
			{ title: result.parameter, kind: "number" },
			{ title: "rise", kind: "number" },
		],
		rows: result.points.map(({ value, deltaTwiceNll }) => [value, { value: deltaTwiceNll, decimals: 4 }]),
		notes: [
			`Best fit ${result.parameter} = ${formatSignificant(result.bestFit, 4)}.`,
			...(result.lowerMinimum ? [LOWER_MINIMUM] : []),
		],
	};
}

/** A profile as JSON: `best_fit`, and `points`, each a `value` with its `delta_twice_nll`. */
export function profileRecord(result: ProfileResult): JsonRecord {
	return {
		parameter: result.parameter,
		best_fit: result.bestFit,
		twice_nll: result.twiceNll,
		lower_minimum: result.lowerMinimum,
		points: result.points.map(({ value, deltaTwiceNll }) => ({ value, delta_twice_nll: deltaTwiceNll })),
	};
}

/** A contour: the corners of its polygon in their order. */
export function contourTable(result: ContourResult): Table {
	const [first, second] = result.parameters;
	const [x, y] = result.bestFit.map((value) => formatSignificant(value, 4));
	const place = { found: "", bound: "at a bound", domain: "at the edge of the domain" } as const;
	return {
		title: `${percent(result.confidenceLevel)} confidence contour (profile of -2 ln L, rise ${formatNumber(result.deltaTwiceNll)})`,
		columns: [
			{ title: first, kind: "number" },
			{ title: second, kind: "number" },
			{ title: "note", kind: "text" },
		],
		rows: result.points.map(({ values, status }) => [...values.map((value) => ({ value, digits: 5 })), place[status]]),
		notes: [`Best fit ${first} = ${x}, ${second} = ${y}.`, ...(result.lowerMinimum ? [LOWER_MINIMUM] : [])],
	};
}

/** Contours of the same parameters as JSON: for each its `points` in order, and the `status` of each point. */
export function contoursRecord(contours: readonly ContourResult[]): JsonRecord {
	return {
		parameters: contours[0]?.parameters ?? [],
		contours: contours.map((contour) => ({
			confidence_level: contour.confidenceLevel,
			delta_twice_nll: contour.deltaTwiceNll,
			best_fit: contour.bestFit,
			twice_nll: contour.twiceNll,
			lower_minimum: contour.lowerMinimum,
			points: contour.points.map(({ values }) => values),
			status: contour.points.map(({ status }) => status),
		})),
	};
}
