import { describe, expect, test } from "vitest";
import type { Distributions } from "../../ts/inference/distributions.js";
import type { FitResult } from "../../ts/inference/fit.js";
import type { HypotestResult } from "../../ts/inference/hypotest.js";
import type { UpperLimitResult } from "../../ts/inference/upperLimit.js";
import type { ParameterSet } from "../../ts/model/parameterTable.js";
import {
	correlationRecord,
	correlationTable,
	distributionsRecord,
	fitRecord,
	fitTable,
	inspectRecord,
	inspectTables,
	largestCorrelations,
	limitRecord,
	limitTable,
	scanTable,
	summarize,
	testRecord,
	testTable,
	textTable,
	toJson,
	yieldTable,
} from "../../ts/report/index.js";
import type { WorkspaceDocument } from "../../ts/spec/document.js";

const FREE = { scalar: true, constraint: "none", auxdata: [], scale: [], modifierTypes: ["normfactor"] } as const;
const SETS: readonly ParameterSet[] = [
	{ ...FREE, name: "mu", first: 0, size: 1, init: [1], bounds: [[0, 10]], fixed: [false] },
	{
		name: "gamma",
		first: 1,
		size: 2,
		scalar: false,
		constraint: "poisson",
		init: [1, 1],
		bounds: [
			[1e-10, 10],
			[1e-10, 10],
		],
		fixed: [false, true],
		auxdata: [100, 1],
		scale: [100, 1],
		modifierTypes: ["shapesys"],
	},
];

const FIT: FitResult = {
	parameterNames: ["mu", "gamma[0]", "gamma[1]"],
	parameters: Float64Array.of(0, 1.0123, 1),
	uncertainties: Float64Array.of(0, 0.0812, 0),
	correlation: Float64Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0),
	covariance: new Float64Array(0),
	fixed: [false, false, true],
	atBound: ["lower", undefined, undefined],
	twiceNll: 23.19636590468879,
	edm: 1.25e-14,
	gradient: 0,
	curvature: "positive",
	flat: [],
	emptyRates: [],
	minima: [0],
	improved: false,
	status: "converged",
	iterations: 5,
};

const TEST: HypotestResult = {
	mu: 1,
	testStatistic: "qtilde",
	cls: 0.3599845631401915,
	clsb: 0.1,
	clb: 0.27778969,
	lnCls: -1.0217,
	expected: [0.078, 0.175, 0.36, 0.634, 0.881],
	expectedClsb: [0.0018, 0.0277, 0.18, 0.534, 0.861],
	expectedClb: [0.02275, 0.15866, 0.5, 0.84134, 0.97725],
	expectedLnCls: [-2.551, -1.743, -1.0217, -0.4557, -0.1267],
	statistic: 1.5,
	statisticAsimov: 1.25,
	muHat: 0,
};

describe("fit", () => {
	test("table", () => {
		expect(textTable(fitTable(FIT))).toBe(`Fitted parameters
parameter  value        note
─────────  ───────────  ──────────────────
mu         0            at its lower bound
gamma[0]   1.01 ± 0.08
gamma[1]   1            fixed
-2 ln L = 23.1964; converged after 5 iterations, EDM 1.3e-14.
1 parameter is held by a bound: no uncertainty follows from the curvature there.
`);
	});

	test("table says what is at a kink and what nothing determines", () => {
		const uncertainties = Float64Array.of(Number.POSITIVE_INFINITY, 0, 0);
		const table = fitTable({ ...FIT, uncertainties, atBound: [undefined, "kink", undefined] });
		expect(textTable(table)).toBe(`Fitted parameters
parameter  value   note
─────────  ──────  ────────────
mu         0 ± ∞   undetermined
gamma[0]   1.0123  at a kink
gamma[1]   1       fixed
-2 ln L = 23.1964; converged after 5 iterations, EDM 1.3e-14.
1 parameter is held at a kink of the interpolation, from where -2 ln L rises to either side.
1 parameter is not determined by the data and the constraints.
`);
	});

	test("JSON has pyhf's keys, twice_nll where asked for", () => {
		expect(fitRecord(FIT, SETS)).toEqual({
			mle_parameters: { mu: [0], gamma: [1.0123, 1] },
			uncertainties: { mu: [0], gamma: [0.0812, 0] },
			fixed: ["gamma[1]"],
			held: { mu: "lower" },
			status: "converged",
			edm: 1.25e-14,
			gradient: 0,
			curvature: "positive",
			flat: [],
			empty_rates: [],
			minima: [0],
			iterations: 5,
		});
		expect(fitRecord(FIT, SETS, { twiceNll: true })).toHaveProperty("twice_nll", 23.19636590468879);
	});

	test("largest correlations, by absolute value", () => {
		const result = { ...FIT, correlation: Float64Array.of(1, -0.5, 0.1, -0.5, 1, 0.25, 0.1, 0.25, 1) };
		expect(largestCorrelations(result, 2)).toEqual([
			{ first: "mu", second: "gamma[0]", correlation: -0.5 },
			{ first: "gamma[0]", second: "gamma[1]", correlation: 0.25 },
		]);
		expect(largestCorrelations(result, 9, 0.3)).toHaveLength(1);
		expect(textTable(correlationTable(largestCorrelations(result, 2)))).toBe(`Largest correlations
parameter  parameter  correlation
─────────  ─────────  ───────────
mu         gamma[0]        -0.500
gamma[0]   gamma[1]         0.250
`);
		expect(correlationRecord(result)).toEqual({
			labels: FIT.parameterNames,
			rows: [
				[1, -0.5, 0.1],
				[-0.5, 1, 0.25],
				[0.1, 0.25, 1],
			],
		});
	});
});

describe("hypothesis test", () => {
	test("table", () => {
		expect(textTable(testTable(TEST, "mu"))).toBe(`Hypothesis test of mu = 1 (qtilde, asymptotic)
       observed       -2σ      -1σ  median     +1σ     +2σ
─────  ────────  ────────  ───────  ──────  ──────  ──────
CLs      0.3600   0.07800   0.1750  0.3600  0.6340  0.8810
CLs+b    0.1000  0.001800  0.02770  0.1800  0.5340  0.8610
CLb      0.2778   0.02275   0.1587  0.5000  0.8413  0.9773
Best fit mu = 0; test statistic 1.500 on the data, 1.250 on the Asimov data.
`);
	});

	test("of q0 shows the p-value", () => {
		const rows = testTable({ ...TEST, mu: 0, testStatistic: "q0" }, "mu").rows;
		expect(rows.map(([name]) => name)).toEqual(["p0"]);
	});

	test("JSON has pyhf's keys", () => {
		expect(testRecord(TEST)).toEqual({
			poi_test: 1,
			poi_hat: 0,
			test_stat: "qtilde",
			CLs_obs: 0.3599845631401915,
			CLs_exp: [0.078, 0.175, 0.36, 0.634, 0.881],
			CLsb: 0.1,
			CLsb_exp: [0.0018, 0.0277, 0.18, 0.534, 0.861],
			CLb: 0.27778969,
			CLb_exp: [0.02275, 0.15866, 0.5, 0.84134, 0.97725],
			statistic: 1.5,
			statistic_asimov: 1.25,
		});
	});

	test("scan table", () => {
		const points = [TEST, { ...TEST, mu: 1.1, cls: 2.3e-7 }];
		expect(
			textTable(scanTable({ poi: "mu", testStatistic: "qtilde", points })),
		).toBe(`CLs against mu (qtilde, asymptotic)
 mu       CLs      -2σ     -1σ  median     +1σ     +2σ
───  ────────  ───────  ──────  ──────  ──────  ──────
  1    0.3600  0.07800  0.1750  0.3600  0.6340  0.8810
1.1  2.300e-7  0.07800  0.1750  0.3600  0.6340  0.8810
`);
	});
});

describe("upper limit", () => {
	const LIMIT: UpperLimitResult = {
		poi: "mu",
		level: 0.05,
		method: "linear",
		observed: undefined,
		expected: [undefined, 1.53219, 2.07777, 2.9, 3.9],
		status: { observed: "above-range", expected: ["below-range", "found", "found", "found", "found"] },
		range: [0, 1],
		fits: 0,
		scan: { poi: "mu", testStatistic: "qtilde", points: [{ ...TEST, mu: 0 }, TEST] },
	};

	test("table says what was not found", () => {
		expect(textTable(limitTable(LIMIT))).toBe(`95 % CL upper limit on mu (qtilde, asymptotic)
    observed  -2σ    -1σ  median    +1σ    +2σ
──  ────────  ───  ─────  ──────  ─────  ─────
mu         -    -  1.532   2.078  2.900  3.900
Interpolated linearly between 2 points, mu = 0 to 1.
No limit observed: CLs stays above 0.05 for mu = 0 to 1.
No limit expected -2σ: CLs is below 0.05 from mu = 0 on.
`);
	});

	test("table says that there is no limit at all", () => {
		const expected = ["above-range", "above-range", "above-range", "above-range", "above-range"] as const;
		const { notes } = limitTable({ ...LIMIT, status: { observed: "above-range", expected } });
		expect(notes.slice(1)).toEqual(["No limit observed and all expected: CLs stays above 0.05 for mu = 0 to 1."]);
	});

	test("JSON has null for what was not found", () => {
		expect(limitRecord(LIMIT)).toMatchObject({
			poi: "mu",
			level: 0.05,
			method: "linear",
			limit_obs: null,
			limit_exp: [null, 1.53219, 2.07777, 2.9, 3.9],
			status_obs: "above-range",
			status_exp: ["below-range", "found", "found", "found", "found"],
			scan: { poi: "mu", points: [{ poi_test: 0 }, { poi_test: 1 }] },
		});
	});

	test.each([
		[0.05, "95 %"],
		[0.1, "90 %"],
		[0.32, "68 %"],
		[0.0455, "95.45 %"],
	])("level %d is %s CL", (level, text) => {
		expect(limitTable({ ...LIMIT, level }).title).toBe(`${text} CL upper limit on mu (qtilde, asymptotic)`);
	});
});

describe("yields", () => {
	const BEFORE: Distributions = {
		kind: "prefit",
		channels: [
			{
				name: "SR",
				observed: Float64Array.of(50, 60),
				samples: [
					{ name: "background", rates: Float64Array.of(50, 60) },
					{ name: "signal", rates: Float64Array.of(5, 10) },
				],
				total: Float64Array.of(55, 70),
				uncertainty: Float64Array.of(5, 12),
				yield: 125,
				yieldUncertainty: 13,
			},
		],
	};
	const AFTER: Distributions = {
		kind: "postfit",
		channels: [{ ...BEFORE.channels[0]!, yield: 111.3, yieldUncertainty: 8.7 }],
	};

	test("table, before and after", () => {
		expect(textTable(yieldTable(BEFORE, AFTER))).toBe(`Events
channel  sample      pre-fit   post-fit
───────  ──────────  ────────  ────────
SR       background  110.0     110.0
SR       signal       15.0      15.0
SR       total       125 ± 13  111 ± 9
SR       observed    110       110
`);
	});

	test("without an uncertainty have two decimals, tiny ones four digits", () => {
		const rows = (change: object) =>
			textTable(yieldTable({ ...BEFORE, channels: [{ ...BEFORE.channels[0]!, ...change }] }))
				.split("\n")
				.slice(3, -2);
		expect(rows({ yieldUncertainty: 0 })).toEqual([
			"SR       background  110.00",
			"SR       signal       15.00",
			"SR       total       125.00",
		]);
		const samples = [{ name: "tiny", rates: Float64Array.of(1e-7, -1e-22) }];
		expect(rows({ samples, yield: 1e-7, yieldUncertainty: 1e-8 })).toEqual([
			"SR       tiny        1.000e-7",
			"SR       total      (1.00 ± 0.10)e-7",
		]);
	});

	test("JSON", () => {
		expect(distributionsRecord(BEFORE)).toEqual({
			SR: {
				observed: [50, 60],
				samples: { background: [50, 60], signal: [5, 10] },
				total: [55, 70],
				uncertainty: [5, 12],
				yield: 125,
				yield_uncertainty: 13,
			},
		});
	});
});

describe("inspect", () => {
	const DOCUMENT: WorkspaceDocument = {
		channels: [
			{
				name: "SR",
				samples: [
					{
						name: "background",
						data: [50, 60],
						modifiers: [
							{ name: "gamma", type: "shapesys", data: [5, 12] },
							{ name: "mu", type: "normfactor", data: null },
						],
					},
				],
			},
		],
		observations: [
			{ name: "SR", data: [50, 60] },
			{ name: "VR", data: [1] },
		],
		measurements: [
			{ name: "first", config: { poi: "mu", parameters: [{ name: "gamma", fixed: true }] } },
			{ name: "second", config: { poi: "mu_SIG", parameters: [{ name: "lumi", sigmas: [0.1] }] } },
			{ name: "third", config: { poi: "", parameters: [] } },
		],
		version: "1.0.0",
	};
	const SUMMARY = summarize(DOCUMENT, SETS, "second");
	const REMARK = { code: "unused-observation", path: "observations[1]", message: "not used" };

	test("takes over the remarks of the specification", () => {
		expect(SUMMARY.remarks.map(({ code }) => code)).toEqual([
			"poi-not-in-model",
			"unused-parameter",
			"fixed-parameter",
			"unused-observation",
		]);
	});

	test("tables", () => {
		expect(
			inspectTables({ ...SUMMARY, remarks: [REMARK] })
				.map((table) => textTable(table))
				.join("\n"),
		).toBe(`Summary
channels  bins  samples  parameters  modifiers
────────  ────  ───────  ──────────  ─────────
       1     2        1           3          2

Channels
channel  bins  samples
───────  ────  ──────────
SR          2  background

Parameters
parameter  number  fixed  constraint  modifiers
─────────  ──────  ─────  ──────────  ──────────
gamma           2      1  poisson     shapesys
mu              1         free        normfactor

Measurements
measurement  POI     fixed parameters  configured parameters
───────────  ──────  ────────────────  ─────────────────────
first        mu      gamma             gamma
second (*)   mu_SIG                    lumi
third        none
(*) the measurement that the parameters above belong to.

Remarks
first place      remark
───────────────  ────────
observations[1]  not used
`);
	});

	test("JSON has pyhf's keys and shapes", () => {
		expect(inspectRecord({ ...SUMMARY, remarks: [REMARK] })).toEqual({
			samples: ["background"],
			channels: [["SR", 2]],
			modifiers: { mu: "normfactor", gamma: "shapesys" },
			parameters: [
				["gamma", "constrained_by_poisson"],
				["mu", "unconstrained"],
			],
			systematics: [
				["gamma", "constrained_by_poisson", ["shapesys"]],
				["mu", "unconstrained", ["normfactor"]],
			],
			measurements: [
				["first", "mu", ["gamma"]],
				["second", "mu_SIG", ["lumi"]],
				["third", "", []],
			],
			remarks: [REMARK],
		});
	});
});

describe("JSON text", () => {
	test("sorts keys and indents as pyhf does", () => {
		expect(toJson({ b: [1, { d: null, c: "x" }], a: [], B: {} })).toBe(`{
    "B": {},
    "a": [],
    "b": [
        1,
        {
            "c": "x",
            "d": null
        }
    ]
}`);
	});

	test("has null for an infinite number", () => {
		expect(toJson({ uncertainties: [Number.POSITIVE_INFINITY] })).toBe(
			'{\n    "uncertainties": [\n        null\n    ]\n}',
		);
	});

	test("keeps a key called __proto__", () => {
		expect(toJson(Object.fromEntries([["__proto__", 1]]))).toBe('{\n    "__proto__": 1\n}');
	});
});
