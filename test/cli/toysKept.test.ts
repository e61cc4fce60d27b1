import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { random } from "../twin/random.js";
import { failure, histfactory, json, NOT_BUILT, scratchFolder } from "./runCli.js";
import { start, toysInFile, until } from "./runningCli.js";
import { MANY_BINS, TWO_BINS } from "./workspaces.js";

const { folder, file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const manyBins = file("many-bins.json", MANY_BINS);

/** Toys that take some seconds, and several savings, on a fast machine too. */
const LONG = ["toys", manyBins, "--n", "400000", "--json"];
/** How many these are. */
const ALL = 800_000;

/** Mounts a file system in memory on a new folder until the end of the suite; `undefined` where that is not allowed. */
function mount(name: string, options: string): string | undefined {
	const path = join(folder, name);
	mkdirSync(path);
	try {
		execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path], { stdio: "ignore" });
	} catch {
		return undefined;
	}
	afterAll(() => execFileSync("umount", [path]));
	return path;
}

describe.skipIf(NOT_BUILT)("toys that are kept", () => {
	let digest: string;
	beforeAll(async () => {
		digest = (await json(LONG)).digest;
	});

	test("are gone on with after a kill at half-way, and come to the same digest", async () => {
		const shard = join(folder, "killed.shard.json");
		const running = start([...LONG, "--save", shard]);
		await until(() => toysInFile(shard) > 0, running);
		running.process.kill("SIGKILL");
		expect(await running.ended).toMatchObject({ signal: "SIGKILL", stdout: "" });
		const there = toysInFile(shard);
		expect(there).toBeGreaterThan(0);
		expect(there).toBeLessThan(ALL);
		expect((await json([...LONG, "--save", shard])).digest).toBe(digest);
		expect(toysInFile(shard)).toBe(ALL);
		// With all there, nothing is made again and nothing written.
		const before = readFileSync(shard);
		expect((await json([...LONG, "--save", shard])).digest).toBe(digest);
		expect(readFileSync(shard).equals(before)).toBe(true);
	});

	test("are a whole file however often and whenever the run is killed", async () => {
		const shard = join(folder, "often.shard.json");
		const { integer } = random(2);
		let most = 0;
		for (let round = 0; round < 6 && most < ALL; round++) {
			const running = start([...LONG, "--save", shard]);
			let over = false;
			running.ended.then(() => (over = true));
			await until(() => over || toysInFile(shard) > most, running);
			await new Promise((resolve) => setTimeout(resolve, integer(0, 150)));
			running.process.kill("SIGKILL");
			await running.ended;
			// Each saving has all toys of those before.
			const there = toysInFile(shard);
			expect(there).toBeGreaterThanOrEqual(most);
			most = there;
		}
		expect((await json([...LONG, "--save", shard])).digest).toBe(digest);
	});

	test.each([
		["SIGINT", 130, "Ctrl-C"],
		["SIGTERM", 143, "SIGTERM"],
	] as const)("are kept at %s, with the result of those made so far", async (signal, code, words) => {
		const shard = join(folder, `${signal}.shard.json`);
		const running = start([...LONG, "--save", shard]);
		await until(() => toysInFile(shard) > 0, running);
		running.process.kill(signal);
		const { stdout, stderr, ...ended } = await running.ended;
		expect(ended).toEqual({ code, signal: null });
		const there = toysInFile(shard);
		expect(stderr).toBe(
			`histfactory: note: stopped by ${words} after ${there} of ${ALL} toys, kept in ${shard}; the same command goes on from there\n`,
		);
		const partial = JSON.parse(stdout);
		expect(partial.complete).toBe(false);
		expect(partial.toys.tested.toys + partial.toys.alternative.toys).toBe(there);
		expect(partial.CLb).toBeGreaterThan(0);
		expect((await json([...LONG, "--save", shard])).digest).toBe(digest);
	});

	test("need not be kept for a result at Ctrl-C", async () => {
		const running = start([...LONG, "--save", "/dev/null/none"]);
		expect((await running.ended).code).toBe(1);
		const other = start(["toys", manyBins, "--n", "10000000", "--json"]);
		await new Promise((resolve) => setTimeout(resolve, 2000));
		other.process.kill("SIGINT");
		const { code, stdout, stderr } = await other.ended;
		expect(code).toBe(130);
		expect(stderr).toMatch(/^histfactory: note: stopped by Ctrl-C after \d+ of 20000000 toys; with --save FILE, /);
		expect(JSON.parse(stdout).complete).toBe(false);
	});

	test("are those of the study, or the file is left alone", async () => {
		const shard = join(folder, "other.shard.json");
		await json(["toys", twoBins, "--n", "100", "--save", shard]);
		const before = readFileSync(shard);
		const other = await failure(["toys", twoBins, "--n", "100", "--seed", "1", "--save", shard]);
		expect(other.code).toBe(1);
		expect(other.stderr).toMatch(
			/^histfactory: .*other\.shard\.json: these toys are of study [0-9a-f]{64}, not of [0-9a-f]{64}; .* \[other-study\]\n$/,
		);
		expect(readFileSync(shard).equals(before)).toBe(true);
		const workspace = await failure(["toys", twoBins, "--save", twoBins]);
		expect(workspace.stderr).toContain(
			`${twoBins}: this is not a shard of toys; it is a workspace: plan a study of it first [not-a-shard]\n`,
		);
		expect(JSON.parse(readFileSync(twoBins, "utf8"))).toEqual(TWO_BINS);
		const damaged = file("damaged.shard.json", before.toString().slice(0, 400));
		expect((await failure(["toys", twoBins, "--n", "100", "--save", damaged])).stderr).toContain("[damaged]");
		expect(readFileSync(damaged, "utf8")).toHaveLength(400);
	});

	test("are no more than a file holds, which is said before the work", async () => {
		const shard = join(folder, "huge.shard.json");
		expect(await failure(["toys", twoBins, "--n", "20000000", "--save", shard])).toEqual({
			code: 1,
			stderr: `histfactory: ${shard}: a file holds at most 20000000 toys, and these are 40000000; divide the study into more shards [too-many-toys]\n`,
		});
		expect(toysInFile(shard)).toBe(0);
	});

	test.runIf(existsSync("/dev/full"))("are kept in a file, not in a device", async () => {
		expect(await failure(["toys", twoBins, "--save", "/dev/full"])).toEqual({
			code: 1,
			stderr: "histfactory: /dev/full: toys are kept in a file; name one [not-a-file]\n",
		});
	});

	test("leave no other file behind", async () => {
		const place = join(folder, "clean");
		mkdirSync(place);
		await json(["toys", twoBins, "--n", "100", "--save", join(place, "a.shard.json")]);
		expect(readdirSync(place)).toEqual(["a.shard.json"]);
	});

	describe("where nothing can be written", () => {
		const readOnly = mount("read-only", "ro,size=16k");

		test("in a folder, that is said before the work", async () => {
			const place = readOnly ?? join(folder, "read-only");
			if (readOnly === undefined) chmodSync(place, 0o555);
			const shard = join(place, "a.shard.json");
			const { code, stderr } = await failure(["toys", manyBins, "--n", "10000000", "--save", shard]);
			expect(code).toBe(1);
			expect(stderr).toMatch(/a\.shard\.json: (the file system is read-only|permission denied) \[no-permission\]\n$/);
		});

		const small = mount("small", "size=600k");
		const why = small === undefined ? " (skipped: no file system can be mounted here)" : "";
		if (why !== "") console.warn(`skipped the tests of a full disk${why}`);

		test.skipIf(small === undefined)(`on a full disk, that is said before the work${why}`, async () => {
			const filler = join(small!, "filler");
			writeFileSync(filler, new Uint8Array(600 * 1024));
			const shard = join(small!, "full.shard.json");
			expect(await failure(["toys", manyBins, "--n", "10000000", "--save", shard])).toEqual({
				code: 1,
				stderr: `histfactory: ${shard}: there is no space left on the device [disk-full]\n`,
			});
			rmSync(filler);
			expect(readdirSync(small!)).toEqual([]);
		});

		test.skipIf(small === undefined)(`on a disk that fills up, the toys saved last and the result${why}`, async () => {
			const shard = join(small!, "filling.shard.json");
			const filling = [...LONG, "--save", shard];
			const { code, stdout, stderr } = await histfactory(filling);
			expect(code).toBe(1);
			const there = toysInFile(shard);
			const lines = stderr.trimEnd().split("\n");
			expect(lines.at(-1)).toBe(
				`histfactory: ${shard}: there is no space left on the device; the file still holds the ${there} toys saved last, and the same command goes on from there [disk-full]`,
			);
			for (const line of lines.slice(0, -1)) {
				expect(line).toMatch(/no space left .* the \d+ toys saved last, the others are kept in memory meanwhile$/);
			}
			expect(JSON.parse(stdout).digest).toBe(digest);
			expect(readdirSync(small!)).toEqual(["filling.shard.json"]);
			// With room again, nothing of it was lost.
			const roomy = join(folder, "roomy.shard.json");
			writeFileSync(roomy, readFileSync(shard));
			expect((await json([...LONG, "--save", roomy])).digest).toBe(digest);
		});
	});

	test("have a line of progress every ten seconds in a pipe, and none when told to be quiet", async () => {
		const endless = ["toys", manyBins, "--n", "100000000"];
		const [loud, quiet] = [start(endless), start([...endless, "--quiet"])];
		await until(() => loud.stderr().endsWith("\n"), loud);
		loud.process.kill("SIGINT");
		quiet.process.kill("SIGINT");
		expect((await loud.ended).stderr).toMatch(
			/^histfactory: toys: \d+ %, \d+ of 200000000, \d+\/s, [\d hmin]+ left\nhistfactory: note: stopped by Ctrl-C .*\n$/,
		);
		expect(await quiet.ended).toMatchObject({ code: 130, stderr: "" });
	});
});
