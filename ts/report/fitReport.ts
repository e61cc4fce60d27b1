import type { BoundSide, FitResult } from "../inference/fit.js";
import type { ParameterSet } from "../model/parameterTable.js";
import type { JsonRecord } from "./json.js";
import { formatFixed, formatSignificant } from "./rounding.js";
import type { Table } from "./table.js";

/** Fitted parameters with uncertainties, what was fixed and what ended at a bound, −2 ln L and convergence. */
export function fitTable(result: FitResult): Table {
	const rows = result.parameterNames.map((name, i) => {
		const value = result.parameters[i]!;
		const uncertainty = result.uncertainties[i]!;
		return [name, { value, uncertainty }, remark(result, i)];
	});
	const iterations = `${result.iterations} iteration${result.iterations === 1 ? "" : "s"}`;
	return {
		title: "Fitted parameters",
		columns: [
			{ title: "parameter", kind: "text" },
			{ title: "value", kind: "measured" },
			{ title: "note", kind: "text" },
		],
		rows,
		notes: [
			`-2 ln L = ${formatFixed(result.twiceNll, 4)}; ${result.status} after ${iterations}, EDM ${formatSignificant(result.edm, 2)}.`,
			...noteOn(heldBy(result, "lower", "upper"), "held by a bound: no uncertainty follows from the curvature there"),
			...noteOn(heldBy(result, "kink"), "held at a kink of the interpolation, from where -2 ln L rises to either side"),
			...noteOn(undetermined(result), "not determined by the data and the constraints"),
			...minimaNotes(result),
			...wallNotes(result),
		],
	};
}

function remark(result: FitResult, i: number): string {
	const side = result.atBound[i];
	if (result.fixed[i]) return "fixed";
	if (side === "kink") return "at a kink";
	if (side !== undefined) return `at its ${side} bound`;
	return Number.isFinite(result.uncertainties[i]) ? "" : "undetermined";
}

function minimaNotes({ minima, improved, twiceNll }: FitResult): string[] {
	if (minima.length < 2) return [];
	const others = minima.slice(1).map((value) => `+${formatSignificant(value - twiceNll, 3)}`);
	const start = improved ? "another start led to the lowest" : "the usual start led to the lowest";
	return [`${minima.length} minima were found, in -2 ln L ${others.join(", ")} above this one; ${start}.`];
}

function wallNotes({ emptyRates }: FitResult): string[] {
	const count = emptyRates.length;
	if (count === 0) return [];
	return [
		`${count} bin${count === 1 ? "" : "s"} without counts end${count === 1 ? "s" : ""} at a rate of 0, below which there is no likelihood.`,
	];
}

/** How many free parameters are held by one of these. */
function heldBy(result: FitResult, ...sides: readonly BoundSide[]): number {
	return result.atBound.filter((side, i) => side !== undefined && sides.includes(side) && !result.fixed[i]).length;
}

function undetermined(result: FitResult): number {
	return result.uncertainties.filter((uncertainty) => !Number.isFinite(uncertainty)).length;
}

function noteOn(count: number, what: string): string[] {
	return count === 0 ? [] : [`${count} parameter${count === 1 ? " is" : "s are"} ${what}.`];
}

/** The correlation of two fitted parameters. */
export interface ParameterCorrelation {
	readonly first: string;
	readonly second: string;
	readonly correlation: number;
}

/** The `count` largest correlations by absolute value, not below `threshold`; equal ones in parameter order. */
export function largestCorrelations(result: FitResult, count: number, threshold = 0): readonly ParameterCorrelation[] {
	const size = result.parameterNames.length;
	const pairs: ParameterCorrelation[] = [];
	for (let i = 0; i < size; i++) {
		for (let j = i + 1; j < size; j++) {
			const correlation = result.correlation[i * size + j]!;
			if (correlation === 0 || Math.abs(correlation) < threshold) continue;
			pairs.push({ first: result.parameterNames[i]!, second: result.parameterNames[j]!, correlation });
		}
	}
	return pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation)).slice(0, count);
}

/** Largest correlations as a table. */
export function correlationTable(correlations: readonly ParameterCorrelation[]): Table {
	return {
		title: "Largest correlations",
		columns: [
			{ title: "parameter", kind: "text" },
			{ title: "parameter", kind: "text" },
			{ title: "correlation", kind: "number" },
		],
		rows: correlations.map(({ first, second, correlation }) => [first, second, { value: correlation, digits: 3 }]),
		notes: [],
	};
}

/**
 * A fit as JSON: pyhf's `mle_parameters` and `twice_nll` (where asked for), and beside them the
 * `uncertainties` by parameter set (`null`: undetermined), the labels of
 * `fixed` parameters, what `held` others (`lower`, `upper`, `kink`), and how the fit went.
 */
export function fitRecord(
	result: FitResult,
	sets: readonly ParameterSet[],
	options: { readonly twiceNll?: boolean } = {},
): JsonRecord {
	const bySet = (values: ArrayLike<number>): JsonRecord =>
		Object.fromEntries(sets.map(({ name, first, size }) => [name, Array.from(values).slice(first, first + size)]));
	return {
		mle_parameters: bySet(result.parameters),
		uncertainties: bySet(result.uncertainties),
		fixed: result.parameterNames.filter((_, i) => result.fixed[i]),
		held: Object.fromEntries(
			result.parameterNames.flatMap((name, i) => {
				const side = result.atBound[i];
				return side === undefined || result.fixed[i] ? [] : [[name, side] as const];
			}),
		),
		status: result.status,
		edm: result.edm,
		gradient: result.gradient,
		curvature: result.curvature,
		flat: result.flat,
		empty_rates: result.emptyRates,
		minima: result.minima,
		iterations: result.iterations,
		...(options.twiceNll ? { twice_nll: result.twiceNll } : {}),
	};
}

/** The whole correlation matrix as JSON: `labels`, and `rows` in their order. */
export function correlationRecord(result: FitResult): JsonRecord {
	const size = result.parameterNames.length;
	return {
		labels: result.parameterNames,
		rows: result.parameterNames.map((_, i) => Array.from(result.correlation.subarray(i * size, (i + 1) * size))),
	};
}
