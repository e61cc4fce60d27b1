import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Figure } from "../plot/readSvg.js";
import { failure, histfactory, json, NOT_BUILT, scratchFolder } from "./runCli.js";
import { BACKGROUND_ONLY, TWO_BINS } from "./workspaces.js";

const { folder, file } = scratchFolder();
const excess = file("excess.json", { ...TWO_BINS, observations: [{ name: "singlechannel", data: [61, 74] }] });
const backgroundOnly = file("background.json", BACKGROUND_ONLY);

/** What an SVG that a command has drawn says. */
async function drawn(args: readonly string[]): Promise<readonly string[]> {
	const target = join(folder, `${args[0]}.svg`);
	await json([...args, "--plot", target]);
	expect(existsSync(target)).toBe(true);
	return new Figure(readFileSync(target, "utf8")).texts;
}

describe.skipIf(NOT_BUILT)("profiles on the command line", () => {
	describe("interval", () => {
		test("is that of the parameter of interest at one standard deviation", async () => {
			const { intervals, delta_twice_nll, confidence_level, lower_minimum } = await json(["interval", excess]);
			expect({ confidence_level, delta_twice_nll, lower_minimum }).toEqual({
				confidence_level: 0.6826894921370859,
				delta_twice_nll: 1,
				lower_minimum: false,
			});
			expect(Object.keys(intervals)).toEqual(["mu"]);
			const { best_fit, lower, upper, status_lower, status_upper, others } = intervals.mu;
			expect([status_lower, status_upper, others]).toEqual(["found", "found", []]);
			expect(lower < best_fit && best_fit < upper).toBe(true);
			const free = await json(["fit", excess, "--value"]);
			for (const end of [lower, upper]) {
				const held = await json(["fit", excess, "--value", "--fix", `mu=${end}`]);
				expect(held.twice_nll - free.twice_nll).toBeCloseTo(1, 6);
			}
		});

		test("takes parameters, sets, levels and all that is free", async () => {
			const names = async (...args: string[]) => Object.keys((await json(["interval", excess, ...args])).intervals);
			expect(await names("--parameter", "uncorr_bkguncrt", "--cl", "0.9")).toEqual([
				"uncorr_bkguncrt[0]",
				"uncorr_bkguncrt[1]",
			]);
			expect(await names("--all", "--fix", "uncorr_bkguncrt[0]=1")).toEqual(["mu", "uncorr_bkguncrt[1]"]);
			expect(await names("--all", "--fix", "uncorr_bkguncrt")).toEqual(["mu"]);
			expect((await json(["interval", excess, "--cl", "0.95"])).delta_twice_nll).toBeCloseTo(3.841458820694124, 12);
			expect((await json(["interval", excess, "--search", "11"])).search_points).toBe(11);
		});

		test("is a table on a terminal", async () => {
			const { stdout } = await histfactory(["interval", excess, "--format", "text", "--bounds", "mu=1:10"]);
			expect(stdout).toMatch(
				/^68\.27 % confidence intervals \(profile of -2 ln L, rise 1\)\nparameter +value +down +up/,
			);
			expect(stdout).toContain("lower end at its bound");
		});

		test.each([
			[["--all", "--parameter", "mu"], 2, "give --all or --parameter, not both"],
			[["--cl", "95"], 2, "It must lie between 0 and 1; 0.95 means 95 % CL."],
			[["--parameter", "nu"], 2, '--parameter: the model has no parameter "nu"; did you mean mu?'],
			[["--fix", "mu=1"], 2, "--parameter: mu is fixed, so it has no profile; free it with --free 'mu'"],
		])("%j is refused", async (args, code, message) => {
			const failed = await failure(["interval", excess, ...args]);
			expect(failed.code).toBe(code);
			expect(failed.stderr).toContain(message);
		});

		test("without a parameter of interest one has to be named", async () => {
			const failed = await failure(["interval", backgroundOnly]);
			expect(failed).toMatchObject({ code: 2 });
			expect(failed.stderr).toContain("the model has no parameter of interest; name a parameter with --parameter");
			const { intervals } = await json(["interval", backgroundOnly, "--parameter", "uncorr_bkguncrt[1]"]);
			expect(Object.keys(intervals)).toEqual(["uncorr_bkguncrt[1]"]);
		});
	});

	describe("profile", () => {
		test("reaches three standard deviations to either side", async () => {
			const { parameter, points, best_fit } = await json(["profile", excess, "--bounds", "mu=-5:10"]);
			expect([parameter, points.length]).toEqual(["mu", 41]);
			expect(points[0].delta_twice_nll).toBeCloseTo(9, 6);
			expect(points[40].delta_twice_nll).toBeCloseTo(9, 6);
			expect(points[0].value < best_fit && best_fit < points[40].value).toBe(true);
		});

		test("takes a grid or the values themselves", async () => {
			const values = async (...args: string[]) =>
				(await json(["profile", excess, ...args])).points.map(({ value }: { value: number }) => value);
			expect(await values("--from", "0", "--to", "1", "--step", "0.25")).toEqual([0, 0.25, 0.5, 0.75, 1]);
			expect(await values("--points", "2,0.5")).toEqual([0.5, 2]);
			expect(await values("--from", "0", "--to", "4")).toHaveLength(41);
			expect((await json(["profile", excess, "--parameter", "uncorr_bkguncrt[0]"])).parameter).toBe(
				"uncorr_bkguncrt[0]",
			);
		});

		test("is drawn", async () => {
			expect(await drawn(["profile", excess, "--points", "0,1,2,3,4"])).toEqual(
				expect.arrayContaining(["μ", "−2 Δ ln L", "1σ", "2σ"]),
			);
		});

		test.each([
			[["--from", "2", "--to", "1"], "the scan would go down from 2 to 1"],
			[["--points", "11"], "mu = 11 lies outside the bounds 0 to 10; widen them with --bounds 'mu=lower:upper'"],
			[["--parameter", "uncorr_bkguncrt"], "--parameter: uncorr_bkguncrt stands for several parameters"],
			[["--log"], "unknown option '--log'"],
		])("%j is refused", async (args, message) => {
			const failed = await failure(["profile", excess, ...args]);
			expect(failed.code).toBe(2);
			expect(failed.stderr).toContain(message);
		});
	});

	describe("contour", () => {
		const second = ["--parameter", "uncorr_bkguncrt[1]"];

		test("is at 68.27 and 95 % beside the parameter of interest", async () => {
			const { parameters, contours } = await json(["contour", excess, ...second]);
			expect(parameters).toEqual(["mu", "uncorr_bkguncrt[1]"]);
			const rises = contours.map((contour: { delta_twice_nll: number }) => contour.delta_twice_nll);
			expect(rises).toEqual([expect.closeTo(2.295748928898635, 10), expect.closeTo(5.991464547107979, 10)]);
			for (const { points, status } of contours) expect(points.length).toBe(status.length);
		});

		test("takes two parameters and levels", async () => {
			const args = ["contour", excess, ...second, "--parameter", "mu", "--cl", "0.9"];
			const { parameters, contours } = await json(args);
			expect([parameters, contours.length]).toEqual([["uncorr_bkguncrt[1]", "mu"], 1]);
			expect(contours[0].confidence_level).toBe(0.9);
		});

		test("is drawn", async () => {
			expect(await drawn(["contour", excess, ...second])).toEqual(
				expect.arrayContaining(["μ", "uncorr_bkguncrt[1]", "68.27 %", "95 %", "best fit"]),
			);
		});

		test.each([
			[[], "name one or two parameters with --parameter"],
			[["--parameter", "mu"], "--parameter: a contour takes two different parameters"],
			[["--parameter", "mu", "--cl", "0.9,2"], "It must lie between 0 and 1; 0.95 means 95 % CL."],
		])("%j is refused", async (args, message) => {
			const failed = await failure(["contour", excess, ...args]);
			expect(failed.code).toBe(2);
			expect(failed.stderr).toContain(message);
		});
	});

	describe("impacts", () => {
		test("are those of all nuisance parameters, from the covariance or by fits", async () => {
			const linear = await json(["impacts", excess]);
			expect([linear.poi, linear.left_out]).toEqual(["mu", []]);
			const names = linear.ranking.map(({ parameter }: { parameter: string }) => parameter);
			expect([...names].sort()).toEqual(["uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"]);
			const fits = await json(["impacts", excess, "--refit"]);
			for (const { parameter, postfit } of fits.ranking) {
				const same = linear.ranking.find((impact: { parameter: string }) => impact.parameter === parameter);
				const half = (postfit.up.impact - postfit.down.impact) / 2;
				expect(half / same.postfit - 1).toBeCloseTo(0, 1);
			}
		});

		test("are on another parameter where told so, and cut to the largest in tables", async () => {
			const args = ["impacts", excess, "--poi", "uncorr_bkguncrt[0]"];
			expect((await json(args)).poi).toBe("uncorr_bkguncrt[0]");
			const table = async (format: string) => (await histfactory([...args, "--top", "1", "--format", format])).stdout;
			expect(await table("text")).toContain("\n1 more with smaller impacts.\n");
			expect((await table("csv")).trim().split("\n")).toHaveLength(3);
		});

		test("are drawn", async () => {
			expect(await drawn(["impacts", excess])).toEqual(
				expect.arrayContaining(["(θ − θ0) / σ0", "impact on μ", "uncorr_bkguncrt[0]", "+σ pre-fit"]),
			);
		});

		test("need an uncertainty of the parameter of interest", async () => {
			const failed = await failure(["impacts", excess, "--bounds", "mu=0:0.1"]);
			expect(failed.code).toBe(1);
			expect(failed.stderr).toContain("give it wider bounds with --bounds 'mu=lower:upper' [no-uncertainty]");
			const bare = await failure(["impacts", backgroundOnly]);
			expect(bare.stderr).toContain("the model has no parameter of interest; name a parameter with --poi [no-poi]");
		});
	});
});
