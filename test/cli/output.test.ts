import {
	copyFileSync,
	cpSync,
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { corners, Figure } from "../plot/readSvg.js";
import { CLI, failure, histfactory, json, NOT_BUILT, runProcess, scratchFolder } from "./runCli.js";
import { BACKGROUND_ONLY, TWO_BINS } from "./workspaces.js";

const { folder, file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const backgroundOnly = file("background.json", BACKGROUND_ONLY);

describe.skipIf(NOT_BUILT)("the output", () => {
	describe("of a result", () => {
		test("tables are rounded by the PDG rule", async () => {
			const { stdout } = await histfactory(["fit", twoBins, "--format", "text", "--bounds", "mu=-5:10"]);
			expect(stdout).toMatch(/^Fitted parameters\nparameter {11}value {8}note\n/);
			expect(stdout).toMatch(/\nuncorr_bkguncrt\[0\] {2}1\.00 ± 0\.\d\d\n/);
			expect(stdout).toMatch(/\nsinglechannel {2}total {7}125 ± 13 {2}110 ± 10\n/);
		});

		test("a parameter at a bound is marked", async () => {
			const { stdout } = await histfactory(["fit", twoBins, "--format", "text", "--bounds", "mu=0.5:10"]);
			expect(stdout).toContain("\nmu                  0.5          at its lower bound\n");
		});

		test("has a table in every format", async () => {
			const run = async (format: string) => (await histfactory(["limit", twoBins, "--format", format])).stdout;
			expect(await run("text")).toMatch(/^95 % CL upper limit on mu \(qtilde, asymptotic\)\n/);
			expect(await run("markdown")).toMatch(/^\*\*95 % CL upper limit on mu \(qtilde, asymptotic\)\*\*\n\n\| /);
			expect(await run("latex")).toMatch(/^\\begin{table}\n[\s\S]*\\end{table}\n$/);
			expect(await run("csv")).toMatch(/^,observed,-2σ,-1σ,median,\+1σ,\+2σ\nmu,[\d.]+(,[\d.]+){5}\n$/);
			expect(JSON.parse(await run("json"))).toHaveProperty("limit_obs");
		});

		test("JSON has sorted keys and pyhf's indentation", async () => {
			const { stdout } = await histfactory(["inspect", twoBins, "--json"]);
			expect(stdout.startsWith('{\n    "channels": [\n        [\n            "singlechannel",\n            2\n')).toBe(
				true,
			);
			expect(stdout.endsWith("\n}\n")).toBe(true);
		});

		test("goes to a file, whole, its form by the extension", async () => {
			const target = join(folder, "result.md");
			writeFileSync(target, "old");
			const { code, stdout } = await histfactory(["limit", twoBins, "--output-file", target]);
			expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
			expect(readFileSync(target, "utf8")).toMatch(/^\*\*95 % CL/);
			const other = join(folder, "result.out");
			await histfactory(["limit", twoBins, "--output-file", other]);
			expect(JSON.parse(readFileSync(other, "utf8"))).toHaveProperty("limit_obs");
			expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
		});

		test("keeps links and permissions of the file", async () => {
			const target = join(folder, "private.json");
			writeFileSync(target, "old", { mode: 0o600 });
			symlinkSync("private.json", join(folder, "link.json"));
			await histfactory(["limit", twoBins, "--output-file", join(folder, "link.json")]);
			expect(JSON.parse(readFileSync(target, "utf8"))).toHaveProperty("limit_obs");
			expect(statSync(target).mode & 0o777).toBe(0o600);
		});

		test("leaves the old file where the run fails", async () => {
			const target = file("kept.json", "old");
			const { code } = await histfactory(["cls", backgroundOnly, "--output-file", target]);
			expect(code).toBe(1);
			expect(readFileSync(target, "utf8")).toBe("old");
		});

		test.runIf(existsSync("/dev/full"))("says that the disk is full", async () => {
			expect(await failure(["fit", twoBins, "--output-file", "/dev/full"])).toEqual({
				code: 1,
				stderr: "histfactory: /dev/full: there is no space left on the device [disk-full]\n",
			});
			const { code, stderr } = await runProcess("sh", [
				"-c",
				`"$0" "$1" fit "$2" > /dev/full`,
				process.execPath,
				CLI,
				twoBins,
			]);
			expect({ code, stderr }).toEqual({
				code: 1,
				stderr: "histfactory: standard output: there is no space left on the device [disk-full]\n",
			});
		});

		test("ends quietly when nobody reads on", async () => {
			const script = `"$0" "$1" scan "$2" --from 0 --to 10 --step 0.01 | head -n 1`;
			const { stdout, stderr } = await runProcess("sh", ["-c", script, process.execPath, CLI, twoBins]);
			expect({ stdout, stderr }).toEqual({ stdout: "{\n", stderr: "" });
		});

		test("plots as SVG and PNG", async () => {
			const magic = { svg: "<svg", png: "\x89PNG" } as const;
			for (const [extension, start] of Object.entries(magic)) {
				for (const command of ["scan", "limit", "fit"]) {
					const target = join(folder, `${command}.${extension}`);
					const { code, stderr } = await histfactory([command, twoBins, "--plot", target]);
					expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: "" });
					expect(readFileSync(target, "latin1").slice(0, 4)).toBe(start);
				}
			}
		});

		test("plots into several files in one go", async () => {
			const [svg, png] = [join(folder, "both.svg"), join(folder, "both.png")];
			const { code, stderr } = await histfactory(["fit", twoBins, "--plot", svg, "--plot", png]);
			expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
			expect(readFileSync(svg, "utf8").slice(0, 4)).toBe("<svg");
			expect(readFileSync(png, "latin1").slice(0, 4)).toBe("\x89PNG");
		});

		test("plots with a logarithmic axis where told so", async () => {
			for (const command of ["scan", "limit", "fit"]) {
				const decades = async (...more: string[]) => {
					const target = join(folder, `${command}-axis.svg`);
					await histfactory([command, twoBins, "--plot", target, ...more]);
					return new Figure(readFileSync(target, "utf8")).texts.filter((text) => /^10(−\d+)?$/.test(text));
				};
				expect({ command, linear: await decades() }).toEqual({ command, linear: [] });
				expect(await decades("--log")).toContain(command === "fit" ? "10" : "10−2");
			}
		});

		test("plots the corner of the observed curve at the best fit, tested there", async () => {
			const excess = structuredClone(TWO_BINS);
			excess.observations[0]!.data = [55, 75];
			const path = file("excess.json", excess);
			const { poi_hat: muHat } = await json(["cls", path]);
			const { CLs_obs: cls } = await json(["cls", path, "--test-poi", String(muHat)]);
			const target = join(folder, "corner.svg");
			for (const command of [["limit"], ["limit", "--scan", "0:8:0.5"], ["scan", "--to", "8", "--step", "0.5"]]) {
				const [name, ...more] = command;
				await histfactory([name!, path, ...more, "--plot", target]);
				const figure = new Figure(readFileSync(target, "utf8"));
				const { left, right, top, bottom } = figure.frames[0]!;
				const curve = corners(figure.shapes("observed", "path")[0]!);
				const slopes = curve.slice(1).map(([x, y], i) => (y - curve[i]![1]) / (x - curve[i]![0]));
				const bends = slopes.slice(1).map((slope, i) => slope - slopes[i]!);
				const corner = curve[1 + bends.indexOf(Math.max(...bends))]!;
				expect((bottom - corner[1]) / (bottom - top)).toBeCloseTo(cls, 3);
				if (name === "scan") expect((8 * (corner[0] - left)) / (right - left)).toBeCloseTo(muHat, 2);
			}
		});

		test("fails for a PNG that nothing can draw before anything is calculated", async () => {
			// The bundle alone, away from the packages.
			const [alone, plot] = [join(folder, "alone.mjs"), join(folder, "plot")];
			copyFileSync(CLI, alone);
			cpSync(join(dirname(CLI), "plot"), plot, { recursive: true });
			const target = join(folder, "alone.png");
			const run = (...more: string[]) => runProcess(process.execPath, [alone, "fit", twoBins, ...more]);
			const { code, stdout, stderr } = await run("--plot", target);
			expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
			expect(stderr).toMatch(/^histfactory: PNG needs the package @resvg\/resvg-js, .* \[no-png-renderer\]\n$/);
			expect(existsSync(target)).toBe(false);
			expect((await run("--plot", join(folder, "alone.svg"))).stderr).toBe("");
		});
	});

	describe("of scripts for pyhf", () => {
		test("go on, with a word on standard error", async () => {
			const args = ["fit", twoBins, "--backend", "jax", "--optimizer", "minuit", "--optconf", "tolerance=0.1"];
			const { code, stdout, stderr } = await histfactory(args);
			expect({ code, stderr }).toEqual({
				code: 0,
				stderr: "histfactory: note: --backend, --optimizer, --optconf: without effect here\n",
			});
			expect(JSON.parse(stdout)).toHaveProperty("mle_parameters");
			expect((await histfactory([...args, "--quiet"])).stderr).toBe("");
		});

		test("are told of a level that looks like a confidence level", async () => {
			const { stderr } = await histfactory(["limit", twoBins, "--level", "0.95"]);
			expect(stderr).toBe("histfactory: note: --level 0.95 is a confidence level of 5 %\n");
		});
	});
});
