import { describe, expect, test } from "vitest";
import type { HypotestResult } from "../../ts/inference/hypotest.js";
import {
	discoveryRecord,
	discoveryTable,
	goodnessOfFitRecord,
	goodnessOfFitTable,
	textTable,
	toJson,
	toyLimitRecord,
	toyLimitTable,
	toyScanTable,
	toyTestRecord,
	toyTestTable,
} from "../../ts/report/index.js";
import type { DiscoveryResult } from "../../ts/toys/discovery.js";
import type { GoodnessOfFitResult } from "../../ts/toys/goodnessOfFit.js";
import type { ToyLimitResult } from "../../ts/toys/toyLimit.js";
import { distributionOf, madeUpTest } from "../toys/records.js";

const lines = (text: string) => text.trimEnd().split("\n");
const made = { seed: 3, auxiliary: "fluctuated", complete: true, study: "ab", digest: "cd" } as const;

describe("a test by toys", () => {
	test("as a table: every number with its error, and how the toys came about", () => {
		expect(lines(textTable(toyTestTable(madeUpTest)))).toEqual([
			"Hypothesis test of mu = 1 (qtilde, toys)",
			"       observed         -2σ               -1σ              median           +1σ            +2σ",
			"─────  ───────────────  ────────────────  ───────────────  ───────────────  ─────────────  ───────────────",
			"CLs    0.0521 ± 0.0024   0.0000 ± 0.0022  0.0187 ± 0.0025  0.0640 ± 0.0029  0.230 ± 0.005  1.0000 ± 0.0007",
			"CLs+b  0.0237 ± 0.0011  (0      ± 5)e-5   0.0030 ± 0.0004  0.0320 ± 0.0015  0.194 ± 0.004  1.0000 ± 0.0007",
			"CLb    0.4482 ± 0.0035   0.02285          0.1587           0.5000           0.8414         1.000",
			"Test statistic 3.938 on the data.",
			"Toys: 10 of mu = 1 and 10 of mu = 0; auxiliary data fluctuated, seed 3.",
			"Fits of 1 of 10 toys of mu = 1 failed (1 stalled); they count nowhere.",
			`Digest of all statistics ${madeUpTest.digest}.`,
		]);
	});

	test("with the asymptotic numbers below", () => {
		const band = [0.0026, 0.0138, 0.0645, 0.2353, 0.573] as const;
		const asymptotic = {
			cls: 0.0525,
			clsb: 0.0233,
			clb: 0.4442,
			expected: band,
			expectedClsb: band,
			expectedClb: band,
		};
		const { rows } = toyTestTable(madeUpTest, asymptotic as unknown as HypotestResult);
		expect(rows.map(([name]) => name)).toEqual([
			"CLs",
			"CLs, asymptotic",
			"CLs+b",
			"CLs+b, asymptotic",
			"CLb",
			"CLb, asymptotic",
		]);
		expect(rows[1]!.slice(1)).toEqual([0.0525, ...band].map((value) => ({ value, digits: 4 })));
	});

	test("of a discovery has one line, and one without a CLs says why", () => {
		expect(toyTestTable({ ...madeUpTest, testStatistic: "q0" }).rows.map(([name]) => name)).toEqual(["p0"]);
		const { rows, notes } = toyTestTable({ ...madeUpTest, cls: undefined, clsError: undefined, complete: false });
		expect(rows[0]!.slice(0, 2)).toEqual(["CLs", "-"]);
		expect(notes).toContain("No background toy is as extreme as the data: CLs needs more toys.");
		expect(notes).toContain("Not all toys of the study are there yet.");
	});

	test("as JSON: pyhf's keys, errors, counts and a digest, and no times", () => {
		const record = JSON.parse(toJson(toyTestRecord(madeUpTest)));
		expect(Object.keys(record)).toEqual([
			"CLb",
			"CLb_error",
			"CLb_exp",
			"CLb_exp_error",
			"CLs_exp",
			"CLs_exp_error",
			"CLs_obs",
			"CLs_obs_error",
			"CLsb",
			"CLsb_error",
			"CLsb_exp",
			"CLsb_exp_error",
			"auxiliary",
			"calctype",
			"complete",
			"digest",
			"poi",
			"poi_test",
			"seed",
			"statistic",
			"study",
			"test_stat",
			"toys",
		]);
		expect(record).toMatchObject({ CLs_obs: 0.0521, CLs_obs_error: 0.0024, CLsb: 0.02365, CLb: 0.4482, poi_test: 1 });
		expect(record.CLs_exp).toEqual(madeUpTest.expected);
		expect(record.toys.tested).toEqual({
			poi: 1,
			generated_at: [1],
			toys: 10,
			counts: { converged: 9, stalled: 1, "iteration-limit": 0, "outside-domain": 0, "edge-of-domain": 0 },
			failures: [{ toy: 7, status: "stalled" }],
		});
		expect(toyTestRecord({ ...madeUpTest, cls: undefined, clsError: undefined })).toMatchObject({
			CLs_obs: null,
			CLs_obs_error: null,
		});
	});
});

describe("limits by toys", () => {
	const limit: ToyLimitResult = {
		poi: "mu",
		level: 0.05,
		observed: 1.0165,
		observedError: 0.0117,
		expected: [0.487, 0.738, 1.043, 1.449, undefined],
		expectedError: [0.06, 0.024, 0.016, 0.027, undefined],
		status: { observed: "found", expected: ["found", "found", "found", "found", "above-range"] },
		range: [0, 1.5],
		scan: { poi: "mu", testStatistic: "qtilde", points: [madeUpTest] },
		toys: 66000,
		seed: 3,
		auxiliary: "fluctuated",
		digest: "cd",
	};

	test("as a table", () => {
		expect(lines(textTable(toyLimitTable(limit)))).toEqual([
			"95 % CL upper limit on mu (qtilde, toys)",
			"    observed       -2σ          -1σ            median         +1σ            +2σ",
			"──  ─────────────  ───────────  ─────────────  ─────────────  ─────────────  ───",
			"mu  1.017 ± 0.012  0.49 ± 0.06  0.738 ± 0.024  1.043 ± 0.016  1.449 ± 0.027  -",
			"Interpolated to CLs = 0.05 between 1 values with 66000 toys in all; auxiliary data fluctuated, seed 3.",
			"Fits of 1 of 66000 toys failed; they count nowhere.",
			"No limit expected +2σ: CLs stays above 0.05 for mu = 0 to 1.5.",
			"Digest of all statistics cd.",
		]);
		expect(toyScanTable(limit.scan).rows[0]!.slice(0, 3)).toEqual([
			{ value: 1, digits: 5 },
			20,
			{ value: 0.0521, uncertainty: 0.0024, digits: 4 },
		]);
	});

	test("as JSON", () => {
		expect(toyLimitRecord(limit)).toMatchObject({
			limit_obs: 1.0165,
			limit_obs_error: 0.0117,
			limit_exp: [0.487, 0.738, 1.043, 1.449, null],
			limit_exp_error: [0.06, 0.024, 0.016, 0.027, null],
			status_obs: "found",
			calctype: "toybased",
			scan: { points: [{ CLs_obs: 0.0521 }] },
		});
	});
});

describe("a discovery by toys", () => {
	const discovery: DiscoveryResult = {
		...made,
		poi: "mu",
		statistic: 36.49,
		pValue: 7.8e-10,
		pValueError: 9e-11,
		significance: 6.039,
		significanceError: 0.018,
		effectiveToys: 69.2,
		background: distributionOf(0, [0, 1, 40], { generatedAt: [0, 1.8, 3.6] }),
	};

	test("as a table and as JSON", () => {
		expect(lines(textTable(discoveryTable(discovery)))).toEqual([
			"Discovery: test of mu = 0 (q0, toys)",
			"              observed",
			"────────────  ─────────────────",
			"p0            (7.8   ± 0.9)e-10",
			"significance   6.039 ± 0.018",
			"Test statistic 36.49 on the data.",
			"In the tail the toys say as much as 69 of equal weight.",
			"Toys: 3 of mu = 0; auxiliary data fluctuated, seed 3.",
			"Toys of mu = 0 were generated at 3 values from 0 to 3.6 and weighted.",
			"Digest of all statistics cd.",
		]);
		expect(discoveryRecord(discovery)).toMatchObject({ p_value: 7.8e-10, significance: 6.039, effective_toys: 69.2 });
		const none = { ...discovery, pValue: 0, significance: undefined, significanceError: undefined };
		expect(discoveryRecord(none)).toMatchObject({ p_value: 0, significance: null, significance_error: null });
	});
});

describe("a goodness of fit", () => {
	const fit: GoodnessOfFitResult = {
		...made,
		deviance: 1.918,
		degreesOfFreedom: 1,
		pValue: 0.4193,
		pValueError: 0.0035,
		chiSquarePValue: 0.38327,
		bestFit: distributionOf(0, [1, 2, 3]),
	};

	test("as a table and as JSON", () => {
		expect(lines(textTable(goodnessOfFitTable(fit)))).toEqual([
			"Goodness of fit (deviance from the saturated model)",
			"      p-value",
			"────  ───────────────",
			"toys  0.4193 ± 0.0035",
			"χ²    0.3833",
			"Deviance 1.918 with 1 degree of freedom.",
			"Toys: 3 of the best fit; auxiliary data fluctuated, seed 3.",
			"Digest of all statistics cd.",
		]);
		const record = goodnessOfFitRecord({ ...fit, chiSquarePValue: undefined });
		expect(record).toMatchObject({ p_value: 0.4193, p_value_chi_square: null, degrees_of_freedom: 1 });
		expect(record.toys).toEqual({
			best_fit: { toys: 3, counts: fit.bestFit.counts, failures: [] },
		});
	});
});
