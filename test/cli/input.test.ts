import { describe, expect, test } from "vitest";
import { json, NOT_BUILT, scratchFolder } from "./runCli.js";
import { BACKGROUND_ONLY, PATCH_SET, SIGNAL_PATCH, TWO_BINS } from "./workspaces.js";

const { file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const backgroundOnly = file("background.json", BACKGROUND_ONLY);
const patch = file("patch.json", SIGNAL_PATCH);
const patchSet = file("patchset.json", PATCH_SET);

describe.skipIf(NOT_BUILT)("the workspace", () => {
	test.each([["-"], []])("comes from standard input with %s", async (...args: string[]) => {
		const result = await json(["fit", ...args, "--value"], JSON.stringify(TWO_BINS));
		expect(result.twice_nll).toBeCloseTo(23.19636590468879, 7);
	});

	test("may begin with a byte order mark", async () => {
		expect((await json(["inspect"], `\ufeff${JSON.stringify(TWO_BINS)}`)).samples).toEqual(["background", "signal"]);
	});

	test("is patched, from a file, standard input or a patch set", async () => {
		const whole = await json(["cls", twoBins]);
		expect(await json(["cls", backgroundOnly, "-p", patch])).toEqual(whole);
		expect(await json(["cls", backgroundOnly, "--patch", "-"], JSON.stringify(SIGNAL_PATCH))).toEqual(whole);
		expect(await json(["cls", backgroundOnly, "-p", `${patchSet}:point_1_2`])).toEqual(whole);
	});

	test("is patched in the order of the command line", async () => {
		const half = file("half.json", [{ op: "replace", path: "/channels/0/samples/0/data", value: [2.5, 5] }]);
		const result = await json(["fit", backgroundOnly, "-p", patch, "-p", half, "--fix", "mu=2", "--value"]);
		const whole = await json(["fit", twoBins, "--fix", "mu=1", "--value"]);
		expect(result.twice_nll).toBeCloseTo(whole.twice_nll, 10);
	});

	test("may have a file name with a colon", async () => {
		const path = file("patch:1.json", SIGNAL_PATCH);
		expect((await json(["cls", backgroundOnly, "-p", path])).CLs_obs).toBeCloseTo(0.36, 4);
	});

	test("without a parameter of interest can be fitted", async () => {
		const result = await json(["fit", backgroundOnly]);
		expect(Object.keys(result.mle_parameters)).toEqual(["uncorr_bkguncrt"]);
	});
});
