import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { runStudy } from "../../ts/cli/toys/runStudy.js";
import { readToyShard } from "../../ts/toys/files/shardFile.js";
import { makeToysUntil } from "../../ts/toys/makeToys.js";
import { planToyTest } from "../../ts/toys/toyStudy.js";
import { Workspace } from "../../ts/workspace.js";
import { TWO_BINS } from "./workspaces.js";

vi.mock(import("../../ts/toys/makeToys.js"), async (original) => {
	const module = await original();
	return { ...module, makeToysUntil: vi.fn(module.makeToysUntil) };
});

const folder = mkdtempSync(join(tmpdir(), "histfactory-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("toys that were made before a failure are kept, and its error is told", async () => {
	const workspace = Workspace.parse(JSON.stringify(TWO_BINS));
	const model = workspace.model();
	const study = planToyTest(1, workspace.data(model), model, { toys: 100 });
	const make = vi.mocked(makeToysUntil).getMockImplementation()!;
	vi.mocked(makeToysUntil).mockImplementationOnce(async (ofStudy, enough, options) => {
		await make(ofStudy, enough, { ...options, ranges: [{ ensemble: 1, first: 20, count: 30 }] });
		throw new Error("the machine is on fire");
	});
	const save = join(folder, "toys.shard.json");
	const listeners = process.listenerCount("SIGINT");
	await expect(runStudy(study, { save, workers: 0, quiet: true })).rejects.toThrow("the machine is on fire");
	const [tested, alternative] = readToyShard(readFileSync(save, "utf8")).pieces;
	expect([tested, alternative?.map(({ first, count }) => [first, count])]).toEqual([[], [[20, 30]]]);
	expect(process.listenerCount("SIGINT")).toBe(listeners);
});
