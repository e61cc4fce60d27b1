import type { ImpactsResult, Pull } from "../inference/impacts.js";
import type { MovedFit, MovedFits, RefittedImpactsResult } from "../inference/refittedImpacts.js";
import { LOWER_MINIMUM } from "./intervalReport.js";
import type { JsonRecord } from "./json.js";
import { formatPdg, formatSignificant } from "./rounding.js";
import type { Cell, Column, Table } from "./table.js";

/** How much of a ranking to show. */
export interface RankingOptions {
	/** How many parameters, those with the largest impact first; all by default. */
	readonly most?: number;
}

/** The columns of what a fit says of a nuisance parameter itself. */
const PULL_COLUMNS: readonly Column[] = [
	{ title: "parameter", kind: "text" },
	{ title: "best fit", kind: "measured" },
	{ title: "pull", kind: "measured" },
];

/** Nuisance parameters by their impact, with pulls and components of the uncertainty. */
export function impactTable(result: ImpactsResult, { most }: RankingOptions = {}): Table {
	return {
		title: title(result),
		columns: [
			...PULL_COLUMNS,
			...["post-fit", "pre-fit", "global"].map((name): Column => ({ title: name, kind: "number" })),
		],
		rows: result.ranking
			.slice(0, most)
			.map((impact) => [...pullCells(impact), digits(impact.postfit), digits(impact.prefit), digits(impact.global)]),
		notes: [
			`Uncertainty ${formatSignificant(result.uncertainty, 3)}: ${formatSignificant(result.statistical, 3)} from the main ` +
				`counts, ${formatSignificant(result.systematic, 3)} from the auxiliary measurements (the global impacts, squared and added).`,
			...rest(result, most),
		],
	};
}

/** The same from fits, with the nuisance parameter moved up and down. */
export function refittedImpactTable(result: RefittedImpactsResult, { most }: RankingOptions = {}): Table {
	const moved = (fits: MovedFits | undefined): Cell[] =>
		fits === undefined ? [undefined, undefined] : [digits(fits.up.impact), digits(fits.down.impact)];
	const shown = result.ranking.slice(0, most);
	const stopped = shown.filter(({ postfit, prefit }) =>
		[postfit, prefit].some((fits) => fits?.up.atBound || fits?.down.atBound),
	);
	return {
		title: title(result),
		columns: [
			...PULL_COLUMNS,
			...["post-fit +σ", "post-fit -σ", "pre-fit +σ", "pre-fit -σ"].map(
				(name): Column => ({ title: name, kind: "number" }),
			),
		],
		rows: shown.map((impact) => [...pullCells(impact), ...moved(impact.postfit), ...moved(impact.prefit)]),
		notes: [
			...(stopped.length === 0
				? []
				: [`A bound cuts impacts of ${stopped.map(({ parameter }) => parameter).join(", ")}.`]),
			...rest(result, most),
			...(result.lowerMinimum ? [LOWER_MINIMUM] : []),
		],
	};
}

function title({ poi, bestFit, uncertainty }: ImpactsResult | RefittedImpactsResult): string {
	return `Impacts on ${poi} = ${formatPdg(bestFit, uncertainty)}`;
}

function pullCells({ parameter, bestFit, uncertainty, pull, constraint }: Pull): Cell[] {
	const measured =
		pull === undefined || constraint === undefined ? undefined : { value: pull, uncertainty: constraint };
	return [parameter, { value: bestFit, uncertainty }, measured];
}

function digits(value: number | undefined): Cell {
	return value === undefined ? undefined : { value, digits: 3 };
}

function rest({ ranking, leftOut }: ImpactsResult | RefittedImpactsResult, most = ranking.length): string[] {
	const hidden = Math.max(0, ranking.length - most);
	const count = leftOut.length;
	return [
		...(hidden === 0 ? [] : [`${hidden} more with smaller impacts.`]),
		...(count === 0
			? []
			: [`${count} parameter${count === 1 ? " is" : "s are"} left out: fixed, held by a bound, or undetermined.`]),
	];
}

/**
 * Impacts as JSON: `ranking`, the largest first, with `pull` and `constraint` of each parameter and its impacts
 * `postfit`, `prefit` and `global` (`null` where nothing constrains it); the components `statistical` and `systematic`.
 */
export function impactRecord(result: ImpactsResult): JsonRecord {
	return {
		...headRecord(result),
		statistical: result.statistical,
		systematic: result.systematic,
		ranking: result.ranking.map((impact) => ({
			...pullRecord(impact),
			postfit: impact.postfit,
			prefit: impact.prefit ?? null,
			global: impact.global ?? null,
		})),
	};
}

/** Impacts by fits as JSON: `postfit` and `prefit` have `up` and `down`, each an `impact` with the `value` it is for. */
export function refittedImpactRecord(result: RefittedImpactsResult): JsonRecord {
	const one = ({ value, impact, atBound }: MovedFit) => ({ value, impact, at_bound: atBound });
	const both = ({ up, down }: MovedFits) => ({ up: one(up), down: one(down) });
	return {
		...headRecord(result),
		twice_nll: result.twiceNll,
		lower_minimum: result.lowerMinimum,
		ranking: result.ranking.map((impact) => ({
			...pullRecord(impact),
			postfit: both(impact.postfit),
			prefit: impact.prefit === undefined ? null : both(impact.prefit),
		})),
	};
}

function headRecord({ poi, bestFit, uncertainty, leftOut }: ImpactsResult | RefittedImpactsResult): JsonRecord {
	return { poi, best_fit: bestFit, uncertainty, left_out: leftOut };
}

function pullRecord({ parameter, bestFit, uncertainty, pull, constraint }: Pull): JsonRecord {
	return { parameter, best_fit: bestFit, uncertainty, pull: pull ?? null, constraint: constraint ?? null };
}
