import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OneNodeSlurm, whyNoSlurm } from "./oneNodeSlurm.js";
import { histfactory, json, NOT_BUILT, runProcess, scratchFolder } from "./runCli.js";
import { toysInFile } from "./runningCli.js";
import { MANY_BINS, TWO_BINS } from "./workspaces.js";

const missing = NOT_BUILT ?? whyNoSlurm();
const skipped = missing === undefined ? "" : ` (skipped: ${missing})`;
if (skipped !== "") console.warn(`skipped the tests with Slurm${skipped}`);

const { folder, file } = scratchFolder();

describe.skipIf(missing)("a study on Slurm", () => {
	let slurm: OneNodeSlurm;
	beforeAll(async () => {
		const place = join(folder, "slurm");
		mkdirSync(place, { mode: 0o755 });
		slurm = await OneNodeSlurm.start(place);
	});
	afterAll(() => slurm?.stop());

	/** Plans a study in a folder of its own, which has all that its jobs need. */
	async function plan(name: string, workspace: unknown, ...args: readonly string[]): Promise<string> {
		const place = join(folder, name);
		mkdirSync(place);
		await json(["toys", "plan", file(`${name}.json`, workspace), "-o", join(place, "study.json"), ...args]);
		return place;
	}

	/** What the program beside a study says of all its shards. */
	async function merged(place: string): Promise<string> {
		const shards = readdirSync(place).filter((entry) => entry.startsWith("study.shard-") && entry.endsWith(".json"));
		const args = ["histfactory.mjs", "toys", "merge", "study.json", ...shards, "--json"];
		const { code, stdout, stderr } = await runProcess(process.execPath, args, { cwd: place });
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		return JSON.parse(stdout).digest;
	}

	const title = "is an array of shards, whose toys are those of one machine";
	test(`${title}${skipped}`, async () => {
		const size = ["--n", "3000", "--seed", "5"];
		const place = await plan("array", TWO_BINS, ...size, "--shards", "7", "--for", "slurm");
		await slurm.done(await slurm.submit("study.slurm", place));
		const shards = readdirSync(place).filter((entry) => /^study\.shard-\d-of-7\.json$/.test(entry));
		expect(shards).toHaveLength(7);
		for (const shard of shards) expect([428, 429].map((n) => 2 * n)).toContain(toysInFile(join(place, shard)));
		const { digest } = await json(["toys", join(folder, "array.json"), ...size]);
		expect(await merged(place)).toBe(digest);
	});

	test(`goes on where it was when it is cancelled and submitted again${skipped}`, async () => {
		const size = ["--n", "400000", "--seed", "6"];
		const place = await plan("cancelled", MANY_BINS, ...size, "--shards", "2", "--for", "slurm");
		const job = await slurm.submit("study.slurm", place);
		const toys = () => [0, 1].map((i) => toysInFile(join(place, `study.shard-${i}-of-2.json`)));
		await slurm.until(async () => toys().some((count) => count > 0));
		await slurm.run("scancel", [job]);
		await slurm.done(job);
		const log = [0, 1].map((i) => readFileSync(join(place, `study.shard-${i}.log`), "utf8")).join("");
		const kept = [...log.matchAll(/stopped by SIGTERM after (\d+) of 400000 toys, kept in/g)].map(([, n]) => Number(n));
		expect(kept.length).toBeGreaterThan(0);
		for (const count of kept) expect(toys()).toContain(count);
		await slurm.done(await slurm.submit("study.slurm", place));
		expect(toys()).toEqual([400_000, 400_000]);
		const { stdout } = await histfactory(["toys", join(folder, "cancelled.json"), ...size, "--json"]);
		expect(await merged(place)).toBe(JSON.parse(stdout).digest);
	});
});
