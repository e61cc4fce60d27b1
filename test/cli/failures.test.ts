import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { failure, histfactory, NOT_BUILT, scratchFolder } from "./runCli.js";
import { BACKGROUND_ONLY, PATCH_SET, TWO_BINS } from "./workspaces.js";

const { folder, file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const backgroundOnly = file("background.json", BACKGROUND_ONLY);
const patchSet = file("patchset.json", PATCH_SET);

describe.skipIf(NOT_BUILT)("a failure", () => {
	describe("bad input ends with 1 and one message", () => {
		test.each([
			["missing.json", "there is no such file [file-not-found]"],
			[".", "this is a folder, not a file [is-a-folder]"],
			["two-bins.json/x", "a part of this path is a file, not a folder [folder-not-found]"],
		])("%s", async (name, message) => {
			const { code, stdout, stderr } = await histfactory(["fit", name], { cwd: folder });
			expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: `histfactory: ${name}: ${message}\n` });
		});

		test("that is no text", async () => {
			expect(await failure(["fit"], Uint8Array.of(0xff, 0xfe, 0x7b, 0))).toEqual({
				code: 1,
				stderr: "histfactory: standard input: this is not text in UTF-8 [not-utf-8]\n",
			});
			expect(await failure(["fit"], Uint8Array.of(0x1f, 0x8b, 8, 0xff))).toEqual({
				code: 1,
				stderr:
					"histfactory: standard input: this is not text in UTF-8; it looks like gzip: unpack it first [not-utf-8]\n",
			});
		});

		test("with every problem on a line", async () => {
			const broken = structuredClone(TWO_BINS);
			broken.channels[0]!.samples[0]!.data = [5];
			broken.observations = [];
			const { code, stderr } = await failure(["fit", file("broken.json", broken)]);
			expect(code).toBe(1);
			const [first, ...problems] = stderr.trimEnd().split("\n");
			expect(first).toBe(`histfactory: ${join(folder, "broken.json")}: ${problems.length} problems:`);
			expect(problems.length).toBeGreaterThan(1);
			for (const problem of problems) expect(problem).toMatch(/^ {2}\S+: .+ \[[a-z-]+\]$/);
		});

		test("without a parameter of interest, where one is needed", async () => {
			for (const command of ["cls", "scan", "limit"]) {
				expect(await failure([command, backgroundOnly])).toEqual({
					code: 1,
					stderr:
						"histfactory: the measurement's parameter of interest, mu, is in no sample: a signal patch may bring it (--patch), as with the background-only likelihoods of HEPData [no-poi]\n",
				});
			}
		});

		test("in a patch", async () => {
			expect(await failure(["fit", twoBins, "-p", file("none.json", {})])).toEqual({
				code: 1,
				stderr: `histfactory: ${join(folder, "none.json")}: patch: found an object where a JSON Patch, a list of operations, belongs [not-a-patch]\n`,
			});
			expect(await failure(["fit", twoBins, "-p", patchSet])).toEqual({
				code: 1,
				stderr: `histfactory: ${patchSet}: this is a patch set; choose one of its points with --patch ${patchSet}:NAME [patch-set-not-patch]\n`,
			});
			const lost = file("lost.json", [{ op: "remove", path: "/channels/7" }]);
			const { code, stderr } = await failure(["fit", twoBins, "-p", lost]);
			expect(code).toBe(1);
			expect(stderr).toBe(
				`histfactory: ${twoBins} with ${lost}: patch[0].path: '/channels' has 1 entry, so index 7 is out of range [index-out-of-range]\n`,
			);
			expect((await failure(["fit", twoBins, "-p", `${patchSet}:nowhere`])).code).toBe(1);
		});

		test("with names that would steer a terminal", async () => {
			const { stderr } = await failure(["fit", twoBins, "--measurement", "\x1b[2J"]);
			expect(stderr).not.toContain("\x1b");
		});

		test("and a stack only with --debug", async () => {
			const args = ["fit", join(folder, "missing.json")];
			expect((await failure(args)).stderr).not.toContain("    at ");
			expect((await failure([...args, "--debug"])).stderr).toContain("\n    at ");
		});
	});

	describe("wrong usage ends with 2", () => {
		const HINT = "(--help shows the usage)\n";
		test.each([
			[["fti"], `unknown command 'fti'\n(Did you mean fit?)\n${HINT}`],
			[["fit", "--nonsense"], `unknown option '--nonsense'\n${HINT}`],
			[["fit", "a.json", "b.json"], `too many arguments for 'fit'. Expected 1 argument but got 2.\n${HINT}`],
			[
				["cls", "--test-poi", "one"],
				`option '--test-poi <mu>' argument 'one' is invalid. It must be a number.\n${HINT}`,
			],
			[["cls", "--test-poi"], `option '--test-poi <mu>' argument missing\n${HINT}`],
			[
				["cls", "--test-stat", "t"],
				`option '--test-stat <name>' argument 't' is invalid. Allowed choices are q, qtilde.\n${HINT}`,
			],
			[
				["cls", "--calctype", "toys"],
				`option '--calctype <name>' argument 'toys' is invalid. Allowed choices are asymptotics, toybased.\n${HINT}`,
			],
			[
				["limit", "--level", "95"],
				`option '--level <number>' argument '95' is invalid. It must lie between 0 and 1; 0.05 means 95 % CL.\n${HINT}`,
			],
			[
				["scan", "--points", "1", "--step", "1"],
				`option '--points <list>' cannot be used with option '--step <mu>'\n${HINT}`,
			],
			[
				["scan", "--plot", "scan.gif"],
				`option '--plot <file>' argument 'scan.gif' is invalid. The file must end in .svg or .png.\n${HINT}`,
			],
			[["fit", "--json", "--format", "csv"], `option '--format <name>' cannot be used with option '--json'\n${HINT}`],
			[["fit", "--fix", "mu", "--free", "mu"], `mu is given to both --fix and --free\n${HINT}`],
		])("%j", async (args, message) => {
			expect(await failure(args)).toEqual({ code: 2, stderr: `histfactory: ${message}` });
		});

		test("no command at all shows the help", async () => {
			const { code, stderr } = await failure([]);
			expect(code).toBe(2);
			expect(stderr).toMatch(/^Usage: histfactory \[options\] \[command\]\n/);
		});

		test("a logarithmic axis without a plot", async () => {
			for (const command of ["scan", "limit", "fit"]) {
				expect(await failure([command, twoBins, "--log"])).toEqual({
					code: 2,
					stderr: "histfactory: --log: there is no plot to draw it in; name its file with --plot [no-plot]\n",
				});
			}
		});

		test("a parameter that the model has not", async () => {
			const { code, stderr } = await failure(["fit", twoBins, "--fix", "nu=1"]);
			expect(code).toBe(2);
			expect(stderr).toMatch(/^histfactory: --fix\/--free nu: .* \[[a-z-]+\]\n$/);
		});

		test("a scan downwards or without end", async () => {
			expect(await failure(["scan", twoBins, "--from", "12"])).toEqual({
				code: 2,
				stderr: `histfactory: the scan would go down from 12 to 10; give the lower value first\n${HINT}`,
			});
			expect(await failure(["scan", twoBins, "--step", "1e-9"])).toEqual({
				code: 2,
				stderr: `histfactory: the scan would have 5000000001 points, more than 100000; give a larger step\n${HINT}`,
			});
		});

		test("a place where nothing can be written, before anything is calculated", async () => {
			const nowhere = join(folder, "nowhere");
			for (const option of ["--output-file", "--plot"]) {
				expect(await failure(["scan", "missing.json", option, join(nowhere, "x.svg")])).toEqual({
					code: 1,
					stderr: `histfactory: ${join(nowhere, "x.svg")}: there is no folder ${nowhere} to write to; create it first [folder-not-found]\n`,
				});
			}
			mkdirSync(join(folder, "taken.svg"), { recursive: true });
			expect(await failure(["scan", twoBins, "--plot", join(folder, "taken.svg")])).toEqual({
				code: 1,
				stderr: `histfactory: ${join(folder, "taken.svg")}: this is a folder; name a file in it [is-a-folder]\n`,
			});
		});
	});
});
