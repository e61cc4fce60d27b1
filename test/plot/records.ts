import type { ChannelDistribution, Distributions } from "../../ts/inference/distributions.js";
import type { BoundSide, FitResult } from "../../ts/inference/fit.js";
import type { Band, HypotestResult } from "../../ts/inference/hypotest.js";
import type { ScanResult } from "../../ts/inference/scan.js";
import type { LimitStatus, UpperLimitResult } from "../../ts/inference/upperLimit.js";
import type { Constraint, ParameterSet } from "../../ts/model/parameterTable.js";

/**
 * μ, observed CLs and its expected set for the floating-background example: 20 bins, a background of about 100
 * events in each whose normalisation floats.
 */
// biome-ignore format: a table
const FLOATING_BACKGROUND: readonly (readonly number[])[] = [
	[0, 1, 1, 1, 1, 1, 1],
	[0.1, 0.922608, 0.775002, 0.847806, 0.916116, 0.968116, 0.993535],
	[0.2, 0.856881, 0.594366, 0.712045, 0.832977, 0.933003, 0.985625],
	[0.3, 0.800958, 0.451026, 0.592321, 0.751495, 0.89476, 0.97605],
	[0.4, 0.753315, 0.338608, 0.487947, 0.672533, 0.853563, 0.964584],
	[0.5, 0.712696, 0.251475, 0.398002, 0.596877, 0.809676, 0.951004],
	[0.6, 0.678063, 0.184735, 0.321387, 0.525212, 0.763445, 0.935095],
	[0.7, 0.648551, 0.13422, 0.256886, 0.458101, 0.71529, 0.916663],
	[0.8, 0.623433, 0.096441, 0.203217, 0.395978, 0.665697, 0.895543],
	[0.9, 0.602096, 0.0685235, 0.159087, 0.339136, 0.615203, 0.871616],
	[1, 0.584019, 0.0481411, 0.123227, 0.287728, 0.564377, 0.84481],
	[1.1, 0.568756, 0.0334391, 0.0944341, 0.241778, 0.513805, 0.815118],
	[1.2, 0.555922, 0.0229627, 0.0715898, 0.201188, 0.464066, 0.782603],
	[1.3, 0.545183, 0.0155879, 0.0536819, 0.165754, 0.415712, 0.747404],
	[1.4, 0.536247, 0.0104597, 0.0398122, 0.135187, 0.369253, 0.709734],
	[1.5, 0.528858, 0.00693731, 0.0291995, 0.109132, 0.325136, 0.669886],
	[1.6, 0.485521, 0.0045475, 0.0211771, 0.0871875, 0.283737, 0.628222],
	[1.7, 0.440344, 0.00294605, 0.0151864, 0.0689261, 0.245346, 0.585167],
	[1.8, 0.39612, 0.00188612, 0.0107672, 0.0539123, 0.210167, 0.541194],
	[1.9, 0.35334, 0.00119326, 0.00754709, 0.0417172, 0.178315, 0.496812],
	[2, 0.312448, 0.000745969, 0.00522943, 0.0319315, 0.149819, 0.452545],
	[2.1, 0.273826, 0.000460789, 0.00358178, 0.0241744, 0.124631, 0.408917],
	[2.2, 0.237785, 0.000281231, 0.00242485, 0.0181001, 0.102636, 0.366428],
	[2.3, 0.204557, 0.000169584, 0.00162252, 0.0134017, 0.0836604, 0.325544],
	[2.4, 0.17429, 0.00010103, 0.00107297, 0.00981185, 0.0674875, 0.286674],
	[2.5, 0.147054, 5.94633e-05, 0.000701224, 0.0071027, 0.0538708, 0.250163],
	[2.6, 0.122844, 3.45752e-05, 0.000452875, 0.00508328, 0.0425458, 0.216281],
	[2.7, 0.101585, 1.98602e-05, 0.000289023, 0.00359654, 0.0332417, 0.18522],
	[2.8, 0.0831441, 1.12693e-05, 0.000182265, 0.00251545, 0.0256913, 0.157088],
	[2.9, 0.0673444, 6.31678e-06, 0.000113572, 0.00173905, 0.0196391, 0.13192],
	[3, 0.0539734, 3.49759e-06, 6.9924e-05, 0.00118837, 0.0148474, 0.109677],
	[3.1, 0.0427969, 1.91298e-06, 4.25356e-05, 0.000802624, 0.0111003, 0.0902589],
	[3.2, 0.0335696, 1.0335e-06, 2.55646e-05, 0.000535762, 0.00820617, 0.0735145],
	[3.3, 0.0260457, 5.51532e-07, 1.51802e-05, 0.000353439, 0.0059984, 0.0592524],
	[3.4, 0.0199865, 2.90724e-07, 8.9054e-06, 0.000230421, 0.004335, 0.0472535],
	[3.5, 0.0151673, 1.51369e-07, 5.16135e-06, 0.00014845, 0.00309725, 0.0372828],
	[3.6, 0.0113819, 7.78471e-08, 2.95528e-06, 9.45092e-05, 0.00218761, 0.0290994],
	[3.7, 0.00844541, 3.95449e-08, 1.67169e-06, 5.94557e-05, 0.00152739, 0.0224655],
	[3.8, 0.00619575, 1.98419e-08, 9.34169e-07, 3.69596e-05, 0.00105413, 0.017154],
	[3.9, 0.00449371, 9.83379e-09, 5.15713e-07, 2.27021e-05, 0.000719092, 0.0129539],
	[4, 0.00322202, 4.81399e-09, 2.81255e-07, 1.37784e-05, 0.000484846, 0.0096735],
	[4.1, 0.00228369, 2.32776e-09, 1.51531e-07, 8.26276e-06, 0.0003231, 0.00714311],
	[4.2, 0.00159998, 1.11179e-09, 8.06508e-08, 4.89592e-06, 0.000212799, 0.00521535],
	[4.3, 0.00110799, 5.24522e-10, 4.24058e-08, 2.86632e-06, 0.000138513, 0.00376485],
	[4.4, 0.000758371, 2.44437e-10, 2.20267e-08, 1.65802e-06, 8.9103e-05, 0.00268693],
	[4.5, 0.000513027, 1.12521e-10, 1.13029e-08, 9.47616e-07, 5.66451e-05, 0.00189579],
	[4.6, 0.000343001, 5.11656e-11, 5.72982e-09, 5.35116e-07, 3.55873e-05, 0.00132231],
	[4.7, 0.000226639, 2.29827e-11, 2.86955e-09, 2.98564e-07, 2.20944e-05, 0.000911729],
	[4.8, 0.000147995, 1.0198e-11, 1.41974e-09, 1.64589e-07, 1.35557e-05, 0.000621406],
	[4.9, 9.55042e-05, 4.47016e-12, 6.93963e-10, 8.96482e-08, 8.21884e-06, 0.000418649],
	[5, 6.09051e-05, 1.9357e-12, 3.35119e-10, 4.8246e-08, 4.9243e-06, 0.000278791],
];

/** One tested point, as far as plots look at it. */
export function point(mu: number, cls: number, expected: readonly number[], muHat = 0): HypotestResult {
	return {
		mu,
		testStatistic: "qtilde",
		cls,
		clsb: cls,
		clb: 1,
		lnCls: Math.log(cls),
		expected: expected as unknown as Band,
		expectedClsb: expected as unknown as Band,
		expectedClb: [1, 1, 1, 1, 1],
		expectedLnCls: expected.map(Math.log) as unknown as Band,
		statistic: 0,
		statisticAsimov: 0,
		muHat,
	};
}

export function scanOf(points: readonly HypotestResult[], poi = "mu"): ScanResult {
	return { poi, testStatistic: "qtilde", points };
}

/** The best fit of the floating-background example. */
export const FLOATING_MU_HAT = 1.50582;

/** The scan of the floating-background example, μ from 0 to 5 in steps of 0.1. */
export const floatingScan = scanOf(
	FLOATING_BACKGROUND.map(([mu, cls, ...expected]) => point(mu!, cls!, expected, FLOATING_MU_HAT)),
);

/** The same in steps of 0.2, as far apart as marks of the points need it. */
export const coarseScan = scanOf(floatingScan.points.filter((_, i) => i % 2 === 0));

/** CLs of a Gaussian measurement of 0 ± 1 in units of `unit`: falls to 1e-40 and less at large μ. */
export function steepScan(unit: number, poi = "mu"): ScanResult {
	const mus = Array.from({ length: 41 }, (_, i) => i * 0.5 * unit);
	const at = (mu: number, slope: number) => 10 ** (-slope * (mu / unit) ** 2);
	return scanOf(
		mus.map((mu) =>
			point(
				mu,
				at(mu, 0.1),
				[0.3, 0.2, 0.1, 0.06, 0.03].map((slope) => at(mu, slope)),
			),
		),
		poi,
	);
}

/** A limit; what is `undefined` lies above the range, or below where told so. */
export function limitOf(
	scan: ScanResult,
	observed: number | undefined,
	expected: UpperLimitResult["expected"],
	options: { readonly method?: "root" | "linear"; readonly missing?: LimitStatus } = {},
): UpperLimitResult {
	const status = (value: number | undefined): LimitStatus =>
		value === undefined ? (options.missing ?? "above-range") : "found";
	const [a, b, c, d, e] = expected;
	return {
		poi: scan.poi,
		level: 0.05,
		method: options.method ?? "linear",
		observed,
		expected,
		status: { observed: status(observed), expected: [status(a), status(b), status(c), status(d), status(e)] },
		range: [scan.points[0]?.mu ?? 0, scan.points.at(-1)?.mu ?? 0],
		fits: 0,
		scan,
	};
}

/** The limit of the floating-background example. */
export const floatingLimit = limitOf(floatingScan, 3.03347, [0.98942, 1.32411, 1.82982, 2.53209, 3.37547]);

export interface ChannelSketch {
	readonly name: string;
	readonly samples: Readonly<Record<string, readonly number[]>>;
	readonly observed: readonly number[];
	/** Relative uncertainty of the total. */
	readonly relative?: number;
}

/** Distributions from rates by sample. */
export function distributionsOf(kind: Distributions["kind"], channels: readonly ChannelSketch[]): Distributions {
	return {
		kind,
		channels: channels.map(({ name, samples, observed, relative = 0.1 }): ChannelDistribution => {
			const rates = Object.entries(samples).map(([sample, values]) => ({
				name: sample,
				rates: Float64Array.from(values),
			}));
			const total = Float64Array.from(observed, (_, bin) => rates.reduce((sum, sample) => sum + sample.rates[bin]!, 0));
			return {
				name,
				observed: Float64Array.from(observed),
				samples: rates,
				total,
				uncertainty: total.map((rate) => Math.abs(rate) * relative),
				yield: total.reduce((sum, rate) => sum + rate, 0),
				yieldUncertainty: 0,
			};
		}),
	};
}

const SIGNAL = [0, 0, 0, 0, 0, 0, 4, 3, 4, 11, 9, 8, 2, 3, 0, 0, 0, 0, 0, 0];
const BACKGROUND = [102, 91, 121, 99, 88, 106, 104, 97, 99, 91, 95, 89, 95, 96, 103, 96, 95, 105, 105, 123];
const OBSERVED = [100, 102, 98, 106, 104, 108, 127, 104, 118, 100, 99, 111, 109, 96, 90, 105, 106, 89, 92, 115];

function floating(kind: Distributions["kind"], mu: number, k: number, relative: number): Distributions {
	const samples = { background: BACKGROUND.map((rate) => k * rate), signal: SIGNAL.map((rate) => mu * rate) };
	return distributionsOf(kind, [{ name: "singlechannel", samples, observed: OBSERVED, relative }]);
}

/** The floating-background example before and after its fit. */
export const floatingPrefit = floating("prefit", 1, 1, 0.1);
export const floatingPostfit = floating("postfit", 1.50582, 1.00637, 0.03);

/** Channels of one bin, as most published likelihoods have them; yields from 0.5 to 3000. */
export function regions(kind: Distributions["kind"], count: number): Distributions {
	return distributionsOf(
		kind,
		Array.from({ length: count }, (_, i): ChannelSketch => {
			const rate = i < 6 ? 3000 / (i + 1) : 0.5 + ((i * 7) % 40);
			const samples = {
				diboson3LISR: [rate * 0.2],
				fakes: [rate * 0.1],
				top: [rate * 0.5],
				ttV: [rate * 0.05],
				Zttjets: [rate * 0.15],
			};
			return {
				name: `SRee_eMT2${"abcdefgh"[i % 8]}_lowmet_V${i}_cuts`,
				samples,
				observed: [Math.round(rate)],
				relative: 0.2,
			};
		}),
	);
}

/** Ten samples with names as they occur, one under another. */
export function manySamples(kind: Distributions["kind"], count = 10): Distributions {
	const names = [
		"ttbar",
		"diboson3LISR",
		"Wjets_sherpa_221",
		"Zjets_sherpa_221",
		"singletop",
		"ttV",
		"multiboson",
		"higgs",
		"FNP_leptons",
		"C1N2_Wh_hbb_700_250",
		"tZ",
		"tWZ",
		"VVV",
	];
	const shape = (k: number) => Array.from({ length: 12 }, (_, i) => 40 * Math.exp(-k / 4 - (i - k) ** 2 / 30));
	const samples = Object.fromEntries(names.slice(0, count).map((name, k) => [name, shape(k)]));
	const observed = Array.from({ length: 12 }, (_, i) =>
		Math.round(Object.values(samples).reduce((sum, rates) => sum + rates[i]!, 0)),
	);
	return distributionsOf(kind, [
		{ name: "SR_with_a_very_long_channel_name_as_they_occur", samples, observed, relative: 0.08 },
	]);
}

/** Rates over ten orders of magnitude, empty bins, a negative sample, counts of zero. */
export const uglyDistributions = distributionsOf("prefit", [
	{
		name: "ugly",
		samples: {
			tiny: [1e-3, 2e-3, 0, 5, 1e2, 1e4, 1e6, 9e6, 1e7, 0],
			diboson3LISR: [0, 0, 0, 1, 1e2, 1e3, 1e5, 2e6, 1e6, 0],
			negative: [0, 0, 0, -1, -10, -100, -1e4, 0, 0, 0],
		},
		observed: [0, 1, 0, 7, 170, 11_200, 1_090_000, 10_990_000, 11_060_000, 2],
	},
]);

export interface FittedSet {
	readonly name: string;
	readonly constraint: Constraint;
	readonly auxdata?: readonly number[];
	readonly scale?: readonly number[];
	readonly values: readonly number[];
	readonly errors: readonly number[];
	readonly fixed?: readonly boolean[];
	readonly atBound?: readonly BoundSide[];
}

/** A fit and the parameter sets of its model. */
export function fitOf(sets: readonly FittedSet[]): {
	readonly fit: FitResult;
	readonly parameterSets: readonly ParameterSet[];
} {
	let first = 0;
	const parameterSets = sets.map((set): ParameterSet => {
		const size = set.values.length;
		first += size;
		return {
			name: set.name,
			first: first - size,
			size,
			scalar: size === 1,
			constraint: set.constraint,
			init: set.values,
			bounds: set.values.map(() => [-10, 10]),
			fixed: set.values.map(() => false),
			auxdata: set.auxdata ?? [],
			scale: set.scale ?? [],
			modifierTypes: [],
		};
	});
	const size = first;
	const fit: FitResult = {
		parameterNames: sets.flatMap(({ name, values }) =>
			values.length === 1 ? [name] : values.map((_, i) => `${name}[${i}]`),
		),
		parameters: Float64Array.from(sets.flatMap(({ values }) => values)),
		uncertainties: Float64Array.from(sets.flatMap(({ errors }) => errors)),
		correlation: new Float64Array(size * size),
		covariance: new Float64Array(0),
		fixed: sets.flatMap(({ values, fixed }) => fixed ?? values.map(() => false)),
		atBound: sets.flatMap(({ values, atBound }) => atBound ?? values.map(() => undefined)),
		twiceNll: 0,
		edm: 0,
		gradient: 0,
		curvature: "positive",
		flat: [],
		emptyRates: [],
		minima: [0],
		improved: false,
		status: "converged",
		iterations: 5,
	};
	return { fit, parameterSets };
}
