import type { Interpolation } from "../../ts/model/interpolation.js";
import type { SharedFiles } from "../shared.js";

/** What pyhf says of one published workspace, no minimiser involved. */
export interface NllCheck {
	/** Relative to the workspaces folder. */
	readonly file: string;
	readonly parameterNames: readonly string[];
	readonly init: readonly number[];
	/** Label of the parameter of interest, where the model has it. */
	readonly poi: string | undefined;
	readonly channels: readonly string[];
	readonly mainBins: number;
	readonly auxiliaryBins: number;
	readonly points: readonly NllPoint[];
}

/** One evaluation, in the workspace's first measurement and on its own data. */
export interface NllPoint {
	readonly interpolation: Interpolation;
	readonly parameters: readonly number[];
	readonly twiceNll: number;
	/** Expected main rates, summed. */
	readonly yields: number;
}

/** As the reference file has it; a string is a number that JSON cannot hold. */
interface StoredCheck {
	readonly npars: number;
	readonly poi: string | null;
	readonly n_main: number;
	readonly n_aux: number;
	readonly channels: readonly string[];
	readonly par_names: readonly string[];
	readonly init_params: readonly number[];
	readonly shifted_params: readonly number[];
	readonly values: Readonly<Record<string, Readonly<Record<string, number | "Infinity" | "NaN">>>>;
}

const SETTINGS: readonly (readonly [string, Interpolation])[] = [
	["code1_code0", { normsys: "code1", histosys: "code0" }],
	["code4_code4p", { normsys: "code4", histosys: "code4p" }],
];

/**
 * Values at the starting point that stand in the reference file with a noise of 1e-6: a background there
 * has τ = 1.9e11, where the textbook Poisson formula cancels. These are the same sums in 60 digits, from
 * pyhf's rates.
 */
const EXACT_AT_INIT = new Map([
	["SModelS_smodels-utils/SUSY-2018-06_3LeRJR_BkgOnly.json", 249.5812030075307],
	["danikam_1Lbb-likelihoods/SUSY-2018-06_ERJR_500p0_0p0.json", 283.0183346594818],
]);

/** Every workspace that pyhf accepts, with its reference values. */
export function nllChecks(shared: SharedFiles): NllCheck[] {
	const stored = shared.reference("nll_checks.json") as Readonly<Record<string, StoredCheck | { error: string }>>;
	return Object.entries(stored).flatMap(([file, check]) =>
		"error" in check
			? []
			: [
					{
						file,
						parameterNames: check.par_names,
						init: check.init_params,
						poi: check.poi ?? undefined,
						channels: check.channels,
						mainBins: check.n_main,
						auxiliaryBins: check.n_aux,
						points: SETTINGS.flatMap(([setting, interpolation]) =>
							(["init", "shifted"] as const).map((point) => pointOf(file, check, setting, interpolation, point)),
						),
					},
				],
	);
}

function pointOf(
	file: string,
	check: StoredCheck,
	setting: string,
	interpolation: Interpolation,
	point: "init" | "shifted",
): NllPoint {
	const values = check.values[setting] ?? {};
	const twiceNll = values[`twice_nll_${point}`];
	return {
		interpolation,
		parameters: check[`${point}_params`],
		// "Infinity" and "NaN" both mean a rate at or below 0 in a bin with counts: outside the domain.
		twiceNll:
			typeof twiceNll === "string"
				? Number.POSITIVE_INFINITY
				: ((point === "init" ? EXACT_AT_INIT.get(file) : undefined) ?? Number(twiceNll)),
		yields: Number(values[`sum_expected_main_${point}`]),
	};
}
