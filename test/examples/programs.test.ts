/* The programs of examples/ and the demo's pages, with the package that a user has: the built one. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { NOT_BUILT, runProcess } from "../cli/runCli.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "histfactory-examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of examples/ with its plots into a folder of their own, and gives its lines and the plots' names. */
async function runExample(path: string, ...programArguments: string[]) {
	const plots = join(folder, path.replaceAll("/", "-"));
	const program = join(root, "examples", path);
	const { code, stdout, stderr } = await runProcess(process.execPath, [program, ...programArguments, plots]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	for (const file of readdirSync(plots))
		expect(readFileSync(join(plots, file), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
	return { lines: stdout.trim().split("\n").slice(0, -1), plots: readdirSync(plots).sort() };
}

describe.skipIf(NOT_BUILT !== undefined)("examples", () => {
	test("floating-background answers for both data sets, with the background fixed and floating", async () => {
		const { lines, plots } = await runExample("floating-background/main.mjs");
		expect(lines).toEqual([
			"original data, background fixed",
			"  signal strength        1.588 ± 0.787",
			"  background / template  1, fixed",
			"  95 % CL upper limit    2.894",
			"  expected, -2σ to +2σ   0.825  1.108  1.539  2.145  2.881",
			"original data, background floating",
			"  signal strength        1.506 ± 0.924",
			"  background / template  1.006 ± 0.037",
			"  95 % CL upper limit    3.033",
			"  expected, -2σ to +2σ   0.989  1.324  1.830  2.532  3.375",
			"modified data, background fixed",
			"  signal strength        0.427 ± 0.192",
			"  background / template  1, fixed",
			"  95 % CL upper limit    0.744",
			"  expected, -2σ to +2σ   0.202  0.271  0.376  0.523  0.703",
			"modified data, background floating",
			"  signal strength        1.027 ± 0.214",
			"  background / template  0.827 ± 0.034",
			"  95 % CL upper limit    1.376",
			"  expected, -2σ to +2σ   0.244  0.326  0.451  0.623  0.828",
		]);
		expect(plots).toEqual(
			["modified", "original"].flatMap((data) =>
				["fixed", "floating"].flatMap((kind) => [`${data}-${kind}-fit.svg`, `${data}-${kind}-limit.svg`]),
			),
		);
	});

	test("published-likelihood tests and limits a signal point of ATLAS-SUSY-2018-31", async () => {
		const likelihood = (file: string) => join(root, "test/fixtures/sbottom-region-a", file);
		const { lines, plots } = await runExample(
			"published-likelihood/main.mjs",
			likelihood("BkgOnly.json"),
			likelihood("patch.sbottom_1300_205_60.json"),
		);
		expect(lines).toEqual([
			"mu_SIG                 0.000 at its lower bound",
			"CLs of the prediction  0.2444, expected 0.3843",
			"95 % CL upper limit    2.010",
			"expected, -2σ to +2σ   1.243  1.762  2.658  4.137  6.297",
		]);
		expect(plots).toEqual(["fit.svg", "limit.svg"]);
	});

	test("toys finds the same point less excluded than the asymptotic formulae do", async () => {
		const likelihood = (file: string) => join(root, "test/fixtures/sbottom-region-a", file);
		const { lines, plots } = await runExample(
			"toys/main.mjs",
			likelihood("BkgOnly.json"),
			likelihood("patch.sbottom_1300_205_60.json"),
		);
		expect(lines).toEqual([
			"CLs of the prediction  0.318 ± 0.018, asymptotic 0.244",
			"95 % CL upper limit    2.309 ± 0.154, asymptotic 2.010",
			"expected               2.568 ± 0.097, asymptotic 2.658",
		]);
		expect(plots).toEqual(["toys.svg"]);
	});

	test("the demo prints both answers and writes every plot and workspace", async () => {
		const script = `
			import { Gallery } from "./scripts/demo/gallery.mjs";
			import { floatingBackground } from "./scripts/demo/floatingBackground.mjs";
			import { publishedLikelihood } from "./scripts/demo/publishedLikelihood.mjs";
			const gallery = await Gallery.open(".build/demo");
			await floatingBackground(gallery);
			await publishedLikelihood(gallery);`;
		const output = join(root, ".build/demo");
		rmSync(output, { recursive: true, force: true });
		mkdirSync(output, { recursive: true });
		const evaluate = ["--input-type=module", "--eval", script];
		const { code, stdout, stderr } = await runProcess(process.execPath, evaluate, { cwd: root });
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		for (const line of [
			"  modified data             background fixed        background floating",
			"  signal strength μ         0.427 ± 0.192           1.027 ± 0.214",
			"  background / template     1, fixed                0.827 ± 0.034",
			"  95 % CL upper limit on μ  0.744                   1.376",
			"  −2 ln L is 21.3 lower with the background floating.",
			"  CLs of the predicted signal  0.2444                     0.384 (0.194 to 0.656)",
			"  95 % CL upper limit          2.010                      2.658 (1.762 to 4.137)",
			"  Not excluded at 95 % CL: CLs at μ = 1 is above 0.05.",
		]) {
			expect(stdout.split("\n")).toContain(line);
		}
		const models = ["modified", "original"].flatMap((data) => [`${data}-fixed`, `${data}-floating`]);
		const files = readdirSync(output);
		for (const name of [...models, "published"]) {
			expect(files).toEqual(expect.arrayContaining([`${name}-fit.svg`, `${name}-limit.svg`]));
		}
		expect(files.filter((file) => file.endsWith(".json"))).toEqual(models.map((name) => `${name}.json`));
		for (const [, plot] of stdout.matchAll(/(?<=\s)\.build\/demo\/(\S+):/g)) expect(files).toContain(plot);
	});
});
