import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { describeShared } from "../shared.js";
import { histfactory, json, NOT_BUILT, scratchFolder } from "./runCli.js";
import { BACKGROUND_ONLY, TWO_BINS } from "./workspaces.js";

const { file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const backgroundOnly = file("background.json", BACKGROUND_ONLY);

const COMMANDS = ["inspect", "fit", "cls", "scan", "limit", "interval", "profile", "contour", "impacts"];

describe.skipIf(NOT_BUILT)("the commands", () => {
	describe("what it is", () => {
		test("--version prints the version of the package", async () => {
			const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
			expect(await histfactory(["--version"])).toEqual({ code: 0, signal: null, stdout: `${version}\n`, stderr: "" });
		});

		test("--help names the commands", async () => {
			const { code, stdout } = await histfactory(["--help"]);
			expect(code).toBe(0);
			for (const command of COMMANDS) expect(stdout).toContain(`\n  ${command} [options]`);
		});

		test.each(COMMANDS)("%s --help has examples", async (command) => {
			const { code, stdout, stderr } = await histfactory([command, "--help"]);
			expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
			expect(stdout).toContain(`Usage: histfactory ${command} [options] [workspace]`);
			expect(stdout).toContain(`Examples:\n  histfactory ${command} `);
		});
	});

	describe("results", () => {
		test("inspect has pyhf's keys", async () => {
			expect(await json(["inspect", twoBins])).toEqual({
				channels: [["singlechannel", 2]],
				measurements: [["Measurement", "mu", []]],
				modifiers: { mu: "normfactor", uncorr_bkguncrt: "shapesys" },
				parameters: [
					["mu", "unconstrained"],
					["uncorr_bkguncrt", "constrained_by_poisson"],
				],
				remarks: [],
				samples: ["background", "signal"],
				systematics: [
					["mu", "unconstrained", ["normfactor"]],
					["uncorr_bkguncrt", "constrained_by_poisson", ["shapesys"]],
				],
			});
		});

		test("inspect says that a signal patch is needed", async () => {
			const [remark] = (await json(["inspect", backgroundOnly])).remarks;
			expect(remark).toMatchObject({ code: "poi-not-in-model", path: "measurements[0].config.poi" });
		});

		test("fit has pyhf's keys, and its minimum with --value", async () => {
			const result = await json(["fit", twoBins, "--value"]);
			expect(result.twice_nll).toBeCloseTo(23.19636590468879, 7);
			expect(Object.keys(result.mle_parameters)).toEqual(["mu", "uncorr_bkguncrt"]);
			expect(result.mle_parameters.mu[0]).toBeCloseTo(0, 6);
			expect(result.mle_parameters.uncorr_bkguncrt[0]).toBeCloseTo(1, 6);
			expect(result.status).toBe("converged");
			expect(await json(["fit", twoBins])).not.toHaveProperty("twice_nll");
		});

		test("fit takes fixed parameters, start values and bounds", async () => {
			const fixed = await json(["fit", twoBins, "--fix", "mu=1", "--init", "uncorr_bkguncrt=0.9"]);
			expect(fixed.mle_parameters.mu).toEqual([1]);
			expect(fixed.fixed).toEqual(["mu"]);
			const bounded = await json(["fit", twoBins, "--bounds", "mu=0.5:10"]);
			expect(bounded.mle_parameters.mu).toEqual([0.5]);
			expect(bounded.held).toEqual({ mu: "lower" });
		});

		test("fit adds yields and correlations where asked for", async () => {
			const result = await json(["fit", twoBins, "--show", "yields,correlations", "--bounds", "mu=-5:10"]);
			expect(result.prefit.singlechannel.observed).toEqual([50, 60]);
			expect(result.prefit.singlechannel.samples).toEqual({ background: [50, 60], signal: [5, 10] });
			expect(result.postfit.singlechannel.yield).toBeCloseTo(110, 6);
			expect(result.correlation.labels).toEqual(["mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"]);
			expect(result.correlation.rows[0][0]).toBe(1);
		});

		test("cls agrees with pyhf within the noise of its minimiser", async () => {
			const result = await json(["cls", twoBins]);
			expect(result.CLs_obs).toBeCloseTo(0.3599845631401915, 5);
			const expected = [
				0.07807427911686156, 0.17472571775474618, 0.35998495263681285, 0.6343568235898907, 0.8809947004472013,
			];
			for (const [i, value] of expected.entries()) expect(result.CLs_exp[i]).toBeCloseTo(value, 5);
			expect(result).toMatchObject({ poi: "mu", poi_test: 1, test_stat: "qtilde" });
			expect(result.CLsb / result.CLb).toBeCloseTo(result.CLs_obs, 12);
		});

		test("cls tests another value with another statistic", async () => {
			const result = await json(["cls", twoBins, "--test-poi", "1.5", "--test-stat", "q", "--calctype", "asymptotics"]);
			expect(result).toMatchObject({ poi_test: 1.5, test_stat: "q" });
			expect(result.CLs_obs).toBeLessThan(0.3);
		});

		test("scan goes from 0 to 5 in steps of 0.1", async () => {
			const { poi, points } = await json(["scan", twoBins]);
			expect(poi).toBe("mu");
			expect(points.map((point: { poi_test: number }) => point.poi_test)).toEqual(
				Array.from({ length: 51 }, (_, i) => i / 10),
			);
			expect(points[10].CLs_obs).toBeCloseTo(0.3599845631401915, 5);
		});

		test("scan stops at the bound of the parameter of interest", async () => {
			const { points } = await json(["scan", twoBins, "--bounds", "mu=0:2", "--step", "0.5"]);
			expect(points.map((point: { poi_test: number }) => point.poi_test)).toEqual([0, 0.5, 1, 1.5, 2]);
		});

		test("scan goes up to the bound where it starts above 5", async () => {
			const { points } = await json(["scan", twoBins, "--from", "8", "--step", "1"]);
			expect(points.map((point: { poi_test: number }) => point.poi_test)).toEqual([8, 9, 10]);
		});

		test("scan takes points in any order", async () => {
			const { points } = await json(["scan", twoBins, "--points", "2,0.5,1"]);
			expect(points.map((point: { poi_test: number }) => point.poi_test)).toEqual([0.5, 1, 2]);
		});

		test("limit is where CLs crosses the level", async () => {
			const limit = await json(["limit", twoBins]);
			expect(limit).toMatchObject({ poi: "mu", level: 0.05, method: "root", status_obs: "found" });
			const { CLs_obs } = await json(["cls", twoBins, "--test-poi", String(limit.limit_obs)]);
			expect(CLs_obs).toBeCloseTo(0.05, 6);
			const { CLs_exp } = await json(["cls", twoBins, "--test-poi", String(limit.limit_exp[4])]);
			expect(CLs_exp[4]).toBeCloseTo(0.05, 6);
		});

		test("limit by interpolation comes close, and says what it does not find", async () => {
			const root = await json(["limit", twoBins, "--level", "0.1"]);
			const linear = await json(["limit", twoBins, "--level", "0.1", "--scan", "0:5:0.05"]);
			expect(linear.method).toBe("linear");
			expect(linear.limit_obs).toBeCloseTo(root.limit_obs, 2);
			const short = await json(["limit", twoBins, "--scan", "0:1:0.5"]);
			expect(short).toMatchObject({ limit_obs: null, status_obs: "above-range" });
		});

		test("interpolation codes are passed on", async () => {
			const args = ["--interpolation", "normsys=code1", "--interpolation", "histosys=code0"];
			expect((await json(["cls", twoBins, ...args])).CLs_obs).toBeCloseTo(0.3599845631401915, 5);
		});
	});
});

describeShared("published likelihoods", (shared) => {
	const copy = (name: string) => file(basename(name), shared.json(name));

	test.skipIf(NOT_BUILT)("with a signal patch", async () => {
		const region = "scikit-hep_scikit-hep-testdata/SUSY-2018-31_sbottom_RegionA";
		const args = [copy(`${region}_BkgOnly.json`), "-p", copy(`${region}_patch_1300_205_60.json`)];
		const { CLs_obs, CLs_exp } = await json(["cls", ...args]);
		const expected = [
			0.09022626511034051, 0.1937857211402556, 0.38432569900420177, 0.6557776688871484, 0.891042984575826,
		];
		for (const [i, value] of [0.24443695578506078, ...expected].entries()) {
			expect([CLs_obs, ...CLs_exp][i] / value - 1).toBeCloseTo(0, 6);
		}
		// Solved by pyhf to 1e-4.
		const { limit_obs, limit_exp } = await json(["limit", ...args]);
		for (const [i, value] of [2.01015, 1.24262, 1.76242, 2.65789, 4.13666, 6.29695].entries()) {
			expect([limit_obs, ...limit_exp][i] / value - 1).toBeCloseTo(0, 3);
		}
	});

	test.skipIf(NOT_BUILT)("with a point of a patch set", async () => {
		const files = "SModelS_smodels-utils/SUSY-2018-06_3LeRJR";
		const patch = `${copy(`${files}_patchset_subset.json`)}:ERJR_100p0_20p0`;
		const { CLs_obs } = await json(["cls", copy(`${files}_BkgOnly.json`), "-p", patch]);
		expect(CLs_obs / 0.14863165 - 1).toBeCloseTo(0, 5);
	});
});
