import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { planToyTest, toyTest } from "../../ts/toys/index.js";
import { Workspace } from "../../ts/workspace.js";
import { failure, histfactory, json, NOT_BUILT, scratchFolder } from "./runCli.js";
import { toysInFile } from "./runningCli.js";
import { BACKGROUND_ONLY, TWO_BINS } from "./workspaces.js";

const { folder, file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const excess = file("excess.json", { ...TWO_BINS, observations: [{ name: "singlechannel", data: [61, 74] }] });
const backgroundOnly = file("background.json", BACKGROUND_ONLY);
const sagging = file("sagging.json", { ...TWO_BINS, observations: [{ name: "singlechannel", data: [40, 61] }] });

const workspace = Workspace.parse(JSON.stringify(TWO_BINS));
const model = workspace.model();
const data = workspace.data(model);

/** A study as a file. */
async function planned(name: string, ...args: readonly string[]): Promise<string> {
	const study = join(folder, name);
	await json(["toys", "plan", twoBins, "--n", "300", "--seed", "2", "-o", study, ...args]);
	return study;
}

describe.skipIf(NOT_BUILT)("toys on the command line", () => {
	describe("of a test", () => {
		test("give what the library gives, with pyhf's keys", async () => {
			const result = await toyTest(1.5, data, model, { toys: 300, seed: 4, testStatistic: "q", workers: 0 });
			const args = ["--test-poi", "1.5", "--test-stat", "q", "--seed", "4", "--json"];
			const expected = {
				CLs_obs: result.cls,
				CLs_exp: result.expected,
				CLsb: result.clsb,
				CLb: result.clb,
				complete: true,
				digest: result.digest,
				toys: { tested: { toys: 300 }, alternative: { toys: 300 } },
			};
			expect(await json(["toys", twoBins, "--n", "300", ...args])).toMatchObject(expected);
			expect(await json(["cls", twoBins, "--calctype", "toybased", "--n-toys", "300", ...args])).toMatchObject(
				expected,
			);
		});

		test("are 2000 of each hypothesis where no number is given, and the same on any number of threads", async () => {
			const digests = await Promise.all(
				["0", "1", "3"].map(async (workers) => (await json(["toys", twoBins, "--workers", workers])).digest),
			);
			expect(new Set(digests).size).toBe(1);
			expect((await json(["toys", twoBins, "--n", "2000", "--seed", "0"])).digest).toBe(digests[0]);
			expect((await json(["toys", twoBins, "--seed", "1"])).digest).not.toBe(digests[0]);
			expect((await json(["toys", twoBins, "--auxiliary", "fixed"])).digest).not.toBe(digests[0]);
		});

		test("stop where CLs is known, at the same toy when they are gone on with", async () => {
			const args = ["toys", twoBins, "--n", "100000", "--seed", "3", "--until", "accuracy=0.03"];
			const { complete, digest } = await json(args);
			expect(complete).toBe(false);
			const saved = join(folder, "until.shard.json");
			// More toys than that, with a hole.
			const study = await planned("until.json", "--n", "100000", "--seed", "3");
			await json(["toys", "run", study, "--range", "100:9000", "-o", saved]);
			expect((await json([...args, "--save", saved])).digest).toBe(digest);
			expect(toysInFile(saved)).toBeGreaterThanOrEqual(2 * 8900);
		});

		test("are a table on a terminal, and are drawn", async () => {
			const target = join(folder, "toys.svg");
			const { code, stdout } = await histfactory(["toys", twoBins, "--format", "text", "--plot", target]);
			expect(code).toBe(0);
			expect(stdout).toMatch(/^Hypothesis test of mu = 1 \(qtilde, toys\)\n/);
			expect(stdout).toMatch(/\nCLs, asymptotic .*\nCLs\+b /);
			expect(readFileSync(target, "utf8").slice(0, 4)).toBe("<svg");
		});
	});

	test("of a discovery find small p-values", async () => {
		const args = ["discovery", excess, "--n", "4000", "--seed", "1"];
		const [weighted, plain] = [await json(args), await json([...args, "--points", "1"])];
		expect([weighted.complete, plain.complete]).toEqual([true, true]);
		const error = Math.hypot(weighted.p_value_error, plain.p_value_error);
		expect(Math.abs(weighted.p_value - plain.p_value)).toBeLessThan(4 * error);
		expect(weighted.significance).toBeGreaterThan(1);
	});

	test("of a limit give it with its error", async () => {
		const args = ["limit", twoBins, "--calctype", "toybased", "--n-toys", "500", "--seed", "2", "--json"];
		const { limit_obs, limit_obs_error, digest } = await json(args);
		const asymptotic = await json(["limit", twoBins]);
		expect(Math.abs(limit_obs - asymptotic.limit_obs)).toBeLessThan(4 * limit_obs_error);
		expect((await json([...args, "--workers", "0"])).digest).toBe(digest);
		expect((await histfactory([...args.slice(0, -1), "--format", "text"])).stdout).toMatch(
			/^95 % CL upper limit on mu \(qtilde, toys\)\n/,
		);
	});

	test("of a goodness of fit tell how often fits are worse", async () => {
		const { p_value, p_value_error, p_value_chi_square } = await json([
			...["gof", sagging, "--n", "500", "--bounds", "mu=-10:10"],
		]);
		expect(p_value).toBeGreaterThan(0.01);
		expect(Math.abs(p_value - p_value_chi_square)).toBeLessThan(4 * p_value_error);
	});

	describe("in parts", () => {
		test("come to the same digest however they are divided and in whatever order they are merged", async () => {
			const study = await planned("parts.json");
			const whole = await json(["toys", twoBins, "--n", "300", "--seed", "2"]);
			expect((await json(["toys", study])).digest).toBe(whole.digest);
			const shards: string[] = [];
			for (const part of [
				["--range", "0:1"],
				["--range", "1:120"],
				["--shard", "2/5"],
				["--range", "180:300"],
			]) {
				shards.push((await json(["toys", "run", study, ...part])).file);
			}
			expect(shards.map((path) => path.slice(folder.length + 1))).toEqual([
				"parts.shard-toys-0-1.json",
				"parts.shard-toys-1-120.json",
				"parts.shard-2-of-5.json",
				"parts.shard-toys-180-300.json",
			]);
			expect(await json(["toys", "merge", study, ...[3, 1, 2, 0].map((i) => shards[i]!)])).toEqual(whole);
			const pair = (name: string) => join(folder, name);
			const keep = async (name: string, ...files: string[]) => {
				const { stderr } = await histfactory(["toys", "merge", study, ...files, "--partial", "-o", pair(name)]);
				expect(stderr).toMatch(/^histfactory: note: \d+ of 600 toys are missing\n$/);
			};
			await keep("03.json", shards[3]!, shards[0]!);
			await keep("21.json", shards[2]!, shards[1]!);
			expect(await json(["toys", "merge", study, pair("21.json"), pair("03.json")])).toEqual(whole);
			await keep("213.json", pair("21.json"), shards[3]!);
			expect(await json(["toys", "merge", study, shards[0]!, pair("213.json")])).toEqual(whole);
		});

		test("are told which are missing", async () => {
			const study = await planned("gaps.json");
			const some = await json(["toys", "run", study, "--range", "100:200"]);
			expect(await failure(["toys", "merge", study, some.file])).toEqual({
				code: 1,
				stderr: `histfactory: 400 toys are missing, 0:100, 200:300; make them with \`histfactory toys run ${study} --range first:end\`, or take what is there with --partial [missing-toys]\n`,
			});
			const { code, stdout, stderr } = await histfactory(["toys", "merge", study, some.file, "--partial"]);
			expect({ code, stderr }).toEqual({ code: 0, stderr: "histfactory: note: 400 of 600 toys are missing\n" });
			expect(JSON.parse(stdout).complete).toBe(false);
		});

		test("are refused where toys would count twice", async () => {
			const study = await planned("twice.json");
			const [a, b] = [join(folder, "a.json"), join(folder, "b.json")];
			await json(["toys", "run", study, "--range", "0:200", "-o", a]);
			await json(["toys", "run", study, "--shard", "1/2", "-o", b]);
			expect(await failure(["toys", "merge", study, b, a])).toEqual({
				code: 1,
				stderr: `histfactory: ${a} and ${b} share toys 150 to 199 of hypothesis 0; leave one of them out, for toys count once [overlapping-toys]\n`,
			});
			expect((await failure(["toys", "merge", study, a, a])).stderr).toBe(
				`histfactory: ${a} is given twice; leave one of them out, for toys count once [overlapping-toys]\n`,
			);
		});

		test("are refused where they are of another study, damaged, or no toys at all", async () => {
			const study = await planned("mine.json");
			const other = await planned("other.json", "--seed", "3");
			const { file: shard } = await json(["toys", "run", other]);
			const refused = async (path: string) => {
				const merge = await failure(["toys", "merge", study, path]);
				const run = await failure(["toys", "run", study, "-o", path]);
				expect([merge.code, run.code]).toEqual([1, 1]);
				expect(run.stderr).toBe(merge.stderr);
				return merge.stderr;
			};
			expect(await refused(shard)).toMatch(/other\.shard-all\.json: these toys are of study .* \[other-study\]\n$/);
			const damaged = file("damaged.json", readFileSync(shard, "utf8").replace('"count":300', '"count":299'));
			expect(await refused(damaged)).toMatch(
				/damaged\.json: this was a shard of toys and is damaged: .* \[damaged\]\n$/,
			);
			const newer = file(
				"newer.json",
				readFileSync(shard, "utf8").replace(/"software":"[^"]*"/, '"software":"99.0.0"'),
			);
			expect(await refused(newer)).toMatch(
				/newer\.json: this was written by histfactory 99\.0\.0, .* \[other-version\]\n$/,
			);
			expect(await refused(twoBins)).toContain("this is not a shard of toys; it is a workspace");
			expect(await refused(study)).toContain("this is not a shard of toys; it is a toy study");
			const swapped = await failure(["toys", "merge", shard, study]);
			expect(swapped.stderr).toBe(
				`histfactory: ${shard}: this is not a toy study; it is a shard of toys [not-a-study]\n`,
			);
		});

		test("are made once: a run goes on with what its file has", async () => {
			const study = await planned("resumed.json");
			const shard = join(folder, "resumed.shard.json");
			await json(["toys", "run", study, "--range", "50:100", "-o", shard]);
			await json(["toys", "run", study, "--range", "80:300", "-o", shard]);
			expect(toysInFile(shard)).toBe(500);
			const { toys, complete, digest } = await json(["toys", "run", study, "-o", shard]);
			expect({ toys, complete }).toEqual({ toys: 600, complete: true });
			expect(digest).toBe((await json(["toys", study])).digest);
		});

		test("may be of any kind of study", async () => {
			for (const [kind, command] of [
				["goodness-of-fit", ["gof", twoBins]],
				["discovery", ["discovery", twoBins, "--points", "2"]],
			] as const) {
				const points = kind === "discovery" ? ["--points", "2"] : [];
				const study = await planned(`${kind}.json`, "--kind", kind, ...points);
				const { file: shard } = await json(["toys", "run", study]);
				const whole = await json([...command, "--n", "300", "--seed", "2"]);
				expect(await json(["toys", "merge", study, shard])).toEqual(whole);
				expect(await json(["toys", study])).toEqual(whole);
			}
		});
	});

	describe("as Parquet", () => {
		test("have a row each, with digests in the metadata", async () => {
			const target = join(folder, "toys.parquet");
			const { digest } = await json(["toys", twoBins, "--n", "250", "--seed", "9", "--parquet", target]);
			const { buffer } = Uint8Array.from(readFileSync(target));
			const { key_value_metadata } = parquetMetadata(buffer);
			const study = planToyTest(1, data, model, { toys: 250, seed: 9 });
			expect(key_value_metadata).toEqual([
				{ key: "study", value: study.digest },
				{ key: "digest", value: digest },
			]);
			const rows = await parquetReadObjects({ file: buffer });
			const result = await toyTest(1, data, model, { toys: 250, seed: 9, workers: 0 });
			const expected = (["tested", "alternative"] as const).flatMap((hypothesis) =>
				Array.from(result[hypothesis].statistics, (statistic, toy) => ({
					hypothesis,
					toy,
					statistic,
					status: "converged",
				})),
			);
			expect(rows).toEqual(expected);
		});

		test("have weights where they are not all the same, and no statistic where a fit failed", async () => {
			const target = join(folder, "weighted.parquet");
			const args = ["discovery", excess, "--n", "300", "--points", "3", "--max-iterations", "4"];
			const { code } = await histfactory([...args, "--parquet", target]);
			expect(code).toBe(0);
			const { buffer } = Uint8Array.from(readFileSync(target));
			const rows = await parquetReadObjects({ file: buffer });
			expect(rows).toHaveLength(300);
			for (const { hypothesis, status, statistic, ln_weight } of rows) {
				expect(hypothesis).toBe("background");
				expect(statistic === null).toBe(status !== "converged");
				expect(ln_weight).toBeLessThanOrEqual(Math.log(3) + 1e-12);
			}
		});
	});

	describe("are planned", () => {
		test("as a file that says everything, with what an engine needs", async () => {
			const place = join(folder, "planned");
			const study = join(place, "study.json");
			expect((await failure(["toys", "plan", twoBins, "-o", study])).stderr).toContain("[folder-not-found]");
			const written = await json([
				"toys",
				"plan",
				twoBins,
				"-o",
				join(folder, "s.json"),
				"--n",
				"50",
				"--shards",
				"9",
				"--for",
				"htcondor",
			]);
			const { digest } = planToyTest(1, data, model, { toys: 50 });
			expect(written).toEqual({
				study: join(folder, "s.json"),
				digest,
				toys: [50, 50],
				files: [join(folder, "s.htcondor"), join(folder, "histfactory.mjs")],
				submit: "condor_submit s.htcondor",
			});
			expect(readFileSync(join(folder, "s.htcondor"), "utf8")).toContain("\nqueue 9\n");
			expect(existsSync(join(folder, "histfactory.mjs"))).toBe(true);
		});

		test("in words on a terminal", async () => {
			const { stdout } = await histfactory(["toys", "plan", "--help"]);
			expect(stdout).toContain("Usage: histfactory toys plan [options] [workspace]");
		});
	});

	describe("are refused", () => {
		const HINT = "(--help shows the usage)\n";

		test.each([
			[
				["toys", "--n", "0"],
				"option '--n <toys>' argument '0' is invalid. It must be a whole number from 1 to 1000000000.\n",
			],
			[
				["toys", "--seed", "-1"],
				"option '--seed <number>' argument '-1' is invalid. It must be a whole number from 0 to 9007199254740991.\n",
			],
			[
				["toys", "--auxiliary", "none"],
				"option '--auxiliary <how>' argument 'none' is invalid. Allowed choices are fluctuated, fixed.\n",
			],
			[
				["toys", "--until", "0.1"],
				"option '--until <condition>' argument '0.1' is invalid. It must have the form accuracy=0.005, or sigmas=3 or sigmas=3,level=0.1.\n",
			],
			[
				["toys", "--workers", "1.5"],
				"option '--workers <n>' argument '1.5' is invalid. It must be a whole number from 0 (no thread of their own) to 1024.\n",
			],
			[["toys", "run"], "missing required argument 'study'\n"],
			[["toys", "merge", "study.json"], "missing required argument 'shards'\n"],
			[["toys", "plan"], "required option '-o, --output <file>' not specified\n"],
			[
				["toys", "plan", "-o", "a.json", "--shards", "3"],
				"the number is for the job file of --for; leave out --shards\n",
			],
			[
				["toys", "plan", "-o", "a.json", "--kind", "discovery", "--test-poi", "1"],
				"only a test has a tested value; leave out --test-poi\n",
			],
			[
				["toys", "run", "a.json", "--shard", "1/2", "--range", "0:1"],
				"option '--shard <n/m>' cannot be used with option '--range <first:end>'\n",
			],
			[["toys", "run", "-"], "a study from standard input has no name to go by; name the shard with -o\n"],
			[["limit", "--points", "5"], "without --calctype toybased there are no toys; leave out --points\n"],
			[
				["limit", "--calctype", "toybased", "--scan", "0:1:1"],
				"limits by toys are searched for and not drawn; leave out --scan\n",
			],
			[["cls", "--n-toys", "5"], "without --calctype toybased there are no toys; leave out --n-toys\n"],
		])("%j", async (args, message) => {
			expect(await failure(args)).toEqual({ code: 2, stderr: `histfactory: ${message}${HINT}` });
		});

		test("where a study says what an option says", async () => {
			const study = await planned("said.json");
			expect(await failure(["toys", study, "--n", "5", "--test-poi", "1", "--fix", "mu"])).toEqual({
				code: 2,
				stderr: `histfactory: the study says this itself; leave out --test-poi, --n, --fix\n${HINT}`,
			});
		});

		test("where the input is at fault", async () => {
			expect((await failure(["toys", backgroundOnly])).stderr).toContain("[no-poi]");
			expect((await failure(["toys", twoBins, "--test-poi", "11"])).stderr).toContain("[poi-outside-bounds]");
			const study = await planned("cut.json");
			writeFileSync(study, readFileSync(study, "utf8").slice(0, 500));
			for (const args of [
				["toys", study],
				["toys", "run", study],
				["toys", "merge", study, study],
			]) {
				const { code, stderr } = await failure(args);
				expect(code).toBe(1);
				expect(stderr).toMatch(
					/^histfactory: .*cut\.json: this was a toy study and is damaged: the text ends at line 1.* \[damaged\]\n$/,
				);
			}
			const none = await planned("none.json");
			expect((await failure(["toys", "run", none, "--range", "300:400"])).stderr).toBe(
				"histfactory: --shard, --range: none of the study's 300 and 300 toys are in this part [no-such-toys]\n",
			);
			const many = ["toys", "plan", twoBins, "--n", "5", "-o", join(folder, "many.json"), "--for", "slurm"];
			expect((await failure(many)).stderr).toBe(
				"histfactory: --shards: there are 5 toys of each hypothesis for 100 shards [too-many-shards]\n",
			);
			expect(existsSync(join(folder, "many.json"))).toBe(false);
		});
	});

	test("leave no temporary files", () => {
		expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
	});
});
