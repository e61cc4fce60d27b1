import { describe, expect, test } from "vitest";
import type { ContourResult } from "../../ts/inference/contour.js";
import type { ImpactsResult } from "../../ts/inference/impacts.js";
import type { IntervalsResult } from "../../ts/inference/intervals.js";
import type { ProfileResult } from "../../ts/inference/profile.js";
import type { MovedFits, RefittedImpactsResult } from "../../ts/inference/refittedImpacts.js";
import {
	contoursRecord,
	contourTable,
	impactRecord,
	impactTable,
	intervalRecord,
	intervalTable,
	profileRecord,
	profileTable,
	refittedImpactRecord,
	refittedImpactTable,
	textTable,
	toJson,
} from "../../ts/report/index.js";

const FOUND = { lower: "found", upper: "found" } as const;

const INTERVALS: IntervalsResult = {
	confidenceLevel: 0.6826894921370859,
	deltaTwiceNll: 1,
	intervals: [
		{ parameter: "alpha", bestFit: 0.12345, lower: -0.87, upper: 1.2, status: FOUND, others: [] },
		{
			parameter: "mu",
			bestFit: 0,
			lower: 0,
			upper: 0.57516,
			status: { lower: "bound", upper: "found" },
			others: [{ lower: 2, upper: 2.5, status: FOUND }],
		},
		{
			parameter: "norm",
			bestFit: 123456,
			lower: -Infinity,
			upper: 123556.7,
			status: { lower: "domain", upper: "found" },
			others: [],
		},
		{
			parameter: "flat",
			bestFit: 1,
			lower: 1,
			upper: Infinity,
			status: { lower: "bound", upper: "bound" },
			others: [],
		},
	],
	twiceNll: 23.5,
	parameters: Float64Array.of(0.12345, 0, 123456, 1),
	lowerMinimum: true,
	searchPoints: 41,
};

describe("intervals", () => {
	test("table", () => {
		expect(textTable(intervalTable(INTERVALS))).toBe(`68.27 % confidence intervals (profile of -2 ln L, rise 1)
parameter   value  down   up     from      to  note
─────────  ──────  ────  ───  ───────  ──────  ──────────────────────────────────────────────
alpha         0.1  -1.0  1.1  -0.8700   1.200
mu            0.0     0  0.6        0  0.5752  lower end at its bound
norm       123456    -∞  101       -∞  123557  lower end at the edge of the domain
flat        1.000     0    ∞    1.000       ∞  lower end at its bound, upper end at its bound
3 ends are at a bound: the profile has not risen by as much before.
1 end is where a bin with counts loses its positive rate: -2 ln L is not defined beyond.
Not excluded either, apart from that: mu 2.000 to 2.500.
Relative to a lower minimum than the one that a fit from the usual start finds: start there with other start values.
`);
	});

	test("JSON", () => {
		expect(intervalRecord(INTERVALS)).toMatchObject({
			confidence_level: 0.6826894921370859,
			delta_twice_nll: 1,
			lower_minimum: true,
			search_points: 41,
			twice_nll: 23.5,
		});
		expect(JSON.parse(toJson(intervalRecord(INTERVALS))).intervals.mu).toEqual({
			best_fit: 0,
			lower: 0,
			upper: 0.57516,
			status_lower: "bound",
			status_upper: "found",
			others: [{ lower: 2, upper: 2.5, status_lower: "found", status_upper: "found" }],
		});
		expect(JSON.parse(toJson(intervalRecord(INTERVALS))).intervals.flat.upper).toBe(null);
	});
});

const PROFILE: ProfileResult = {
	parameter: "mu",
	bestFit: 0.850773,
	points: [
		{ value: 0, deltaTwiceNll: 2.45813, parameters: Float64Array.of(0) },
		{ value: 0.5, deltaTwiceNll: 3e-15, parameters: Float64Array.of(0.5) },
	],
	twiceNll: 25.2,
	lowerMinimum: false,
};

test("profile", () => {
	expect(textTable(profileTable(PROFILE))).toBe(`Profile of -2 ln L in mu
 mu    rise
───  ──────
  0  2.4581
0.5  0.0000
Best fit mu = 0.8508.
`);
	expect(profileTable({ ...PROFILE, lowerMinimum: true }).notes).toHaveLength(2);
	expect(profileRecord(PROFILE)).toEqual({
		parameter: "mu",
		best_fit: 0.850773,
		twice_nll: 25.2,
		lower_minimum: false,
		points: [
			{ value: 0, delta_twice_nll: 2.45813 },
			{ value: 0.5, delta_twice_nll: 3e-15 },
		],
	});
});

const CONTOUR: ContourResult = {
	parameters: ["mu", "k"],
	confidenceLevel: 0.95,
	deltaTwiceNll: 5.991464547107979,
	bestFit: [0, 1.01],
	points: [
		{ values: [0, 0.5], status: "bound" },
		{ values: [1.23456789, 1], status: "found" },
		{ values: [0, 1.5], status: "domain" },
	],
	twiceNll: 25.2,
	lowerMinimum: false,
};

test("contour", () => {
	expect(textTable(contourTable(CONTOUR))).toBe(`95 % confidence contour (profile of -2 ln L, rise 5.99146)
    mu        k  note
──────  ───────  ─────────────────────────
     0  0.50000  at a bound
1.2346   1.0000
     0   1.5000  at the edge of the domain
Best fit mu = 0, k = 1.010.
`);
	expect(contoursRecord([CONTOUR])).toEqual({
		parameters: ["mu", "k"],
		contours: [
			{
				confidence_level: 0.95,
				delta_twice_nll: 5.991464547107979,
				best_fit: [0, 1.01],
				twice_nll: 25.2,
				lower_minimum: false,
				points: [
					[0, 0.5],
					[1.23456789, 1],
					[0, 1.5],
				],
				status: ["bound", "found", "domain"],
			},
		],
	});
});

const PULL = { parameter: "alpha", bestFit: 0.51, uncertainty: 0.8, pull: 0.51, constraint: 0.8 };
const FREE = { parameter: "k", bestFit: 0.97, uncertainty: 0.09, pull: undefined, constraint: undefined };

const IMPACTS: ImpactsResult = {
	poi: "mu",
	bestFit: -0.847,
	uncertainty: 1.3365,
	statistical: 0.953,
	systematic: 1.061,
	ranking: [
		{ ...PULL, postfit: -1.0613, prefit: -1.3147, global: -0.8568 },
		{ ...FREE, postfit: 0.289, prefit: undefined, global: undefined },
	],
	leftOut: ["gamma[0]"],
};

const moved = (up: number, down: number, atBound = false): MovedFits => ({
	up: { value: 1.31, impact: up, atBound },
	down: { value: -0.29, impact: down, atBound: false },
});

const REFITTED: RefittedImpactsResult = {
	poi: "mu",
	bestFit: -0.847,
	uncertainty: 1.3365,
	ranking: [
		{ ...PULL, postfit: moved(-1.6, 0.15), prefit: moved(-1.9, 0.11, true) },
		{ ...FREE, postfit: moved(0.3, -0.28), prefit: undefined },
	],
	leftOut: [],
	twiceNll: 25.2,
	lowerMinimum: false,
};

describe("impacts", () => {
	test("table", () => {
		expect(textTable(impactTable(IMPACTS))).toBe(`Impacts on mu = -0.8 ± 1.3
parameter  best fit     pull       post-fit  pre-fit  global
─────────  ───────────  ─────────  ────────  ───────  ──────
alpha      0.5  ± 0.8   0.5 ± 0.8     -1.06    -1.31  -0.857
k          0.97 ± 0.09                0.289
Uncertainty 1.34: 0.953 from the main counts, 1.06 from the auxiliary measurements (the global impacts, squared and added).
1 parameter is left out: fixed, held by a bound, or undetermined.
`);
		expect(impactTable(IMPACTS, { most: 1 }).notes[1]).toBe("1 more with smaller impacts.");
		expect(impactTable(IMPACTS, { most: 1 }).rows).toHaveLength(1);
	});

	test("table of those by fits", () => {
		expect(textTable(refittedImpactTable(REFITTED))).toBe(`Impacts on mu = -0.8 ± 1.3
parameter  best fit     pull       post-fit +σ  post-fit -σ  pre-fit +σ  pre-fit -σ
─────────  ───────────  ─────────  ───────────  ───────────  ──────────  ──────────
alpha      0.5  ± 0.8   0.5 ± 0.8        -1.60        0.150       -1.90       0.110
k          0.97 ± 0.09                   0.300       -0.280
A bound cuts impacts of alpha.
`);
	});

	test("JSON", () => {
		expect(impactRecord(IMPACTS)).toEqual({
			poi: "mu",
			best_fit: -0.847,
			uncertainty: 1.3365,
			left_out: ["gamma[0]"],
			statistical: 0.953,
			systematic: 1.061,
			ranking: [
				{
					parameter: "alpha",
					best_fit: 0.51,
					uncertainty: 0.8,
					pull: 0.51,
					constraint: 0.8,
					postfit: -1.0613,
					prefit: -1.3147,
					global: -0.8568,
				},
				{
					parameter: "k",
					best_fit: 0.97,
					uncertainty: 0.09,
					pull: null,
					constraint: null,
					postfit: 0.289,
					prefit: null,
					global: null,
				},
			],
		});
		expect(refittedImpactRecord(REFITTED)).toMatchObject({
			ranking: [
				{
					postfit: { up: { value: 1.31, impact: -1.6, at_bound: false }, down: { value: -0.29, impact: 0.15 } },
					prefit: { up: { at_bound: true } },
				},
				{ prefit: null },
			],
		});
	});
});
