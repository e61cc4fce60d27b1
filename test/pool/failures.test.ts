import { runInThisContext } from "node:vm";
import workerThreads from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { HistFactoryError } from "../../ts/errors.js";
import { ToyPool } from "../../ts/pool/toyPool.js";
import { smallJob } from "./smallJob.js";
import { atToy500, TRAP, watchWorkers } from "./watchedWorkers.js";

const RANGES = [{ ensemble: 0, first: 0, count: 1000 }];
const onPiece = () => {};

/** Class, code and message of an error that must come. */
async function failure(run: () => unknown): Promise<[name: string, code: string, message: string]> {
	try {
		await run();
	} catch (error) {
		if (error instanceof HistFactoryError) return [error.name, error.code, error.message];
		throw error;
	}
	throw new Error("nothing was thrown");
}

/** A run of a new pool, which is closed afterwards. */
async function runOnce(workers: number, options: { signal?: AbortSignal; onPiece?: () => void } = {}): Promise<void> {
	const pool = new ToyPool(smallJob(), { workers });
	try {
		await pool.run(RANGES, { onPiece, ...options });
	} finally {
		pool.close();
	}
}

describe("toys that end their worker each time", () => {
	test.each([
		["a trap on this thread", 0, TRAP, /^the core stopped in the middle of a call \(RuntimeError: unreachable\)/],
		["a trap", 2, TRAP, /^the core stopped in the middle of a call \(RuntimeError: unreachable\)/],
		["an exit", 2, "process.exit(7)", /^it exited with code 7$/],
	])("are named: %s", async (_name, workers, instead, reason) => {
		const program = atToy500(instead);
		if (workers === 0) runInThisContext(program);
		const watched = watchWorkers(() => program);
		const [name, code, message] = await failure(() => runOnce(workers));
		expect([name, code]).toEqual(["WorkerError", "worker-failed"]);
		const parts =
			/^toys (\d+) to (\d+) of ensemble 0 could not be made in 3 attempts, each of which ended its worker \((.*)\); please report this with its input$/.exec(
				message,
			);
		expect(Number(parts?.[1])).toBeLessThanOrEqual(500);
		expect(Number(parts?.[2])).toBeGreaterThanOrEqual(500);
		expect(parts?.[3]).toMatch(reason);
		expect(watched.started.length).toBeLessThanOrEqual(workers + 2);
		await watched.ended();
	});
});

test("an ensemble that does not fit its model is a failure with the core's reason", async () => {
	const { model, ensembles } = smallJob();
	const pool = new ToyPool(
		{ model, ensembles: [{ ...ensembles[0]!, auxiliary: new Float64Array(1) }] },
		{ workers: 1 },
	);
	const [, code, message] = await failure(() => pool.run(RANGES, { onPiece }));
	expect(code).toBe("worker-failed");
	expect(message).toContain("toy 0 of ensemble 0");
	expect(message).toContain("not as many numbers as parameters or constraints");
	pool.close();
});

describe("an aborted run rejects with the reason", () => {
	const reason = new Error("enough");

	test("before it began, and no worker is started", async () => {
		const watched = watchWorkers();
		await expect(runOnce(2, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
		expect(watched.started).toEqual([]);
	});

	test.each([0, 1, 2])("after a piece, with %i workers, which end; the pool can go on", async (workers) => {
		const watched = watchWorkers();
		const pool = new ToyPool(smallJob(), { workers });
		const aborter = new AbortController();
		let pieces = 0;
		const aborted = pool.run(RANGES, {
			signal: aborter.signal,
			onPiece() {
				pieces++;
				if (pieces === 2) aborter.abort(reason);
			},
		});
		await expect(aborted).rejects.toBe(reason);
		expect(pieces).toBe(2);
		await watched.ended();
		let toys = 0;
		await pool.run(RANGES, { onPiece: ({ count }) => (toys += count) });
		expect(toys).toBe(1000);
		expect(watched.started.length).toBe(2 * workers);
		pool.close();
	});

	test("while every worker is in the middle of toys that never end", async () => {
		const watched = watchWorkers(() => atToy500("for (;;);"));
		const aborter = new AbortController();
		const aborted = runOnce(1, { signal: aborter.signal });
		setTimeout(() => aborter.abort(reason), 300);
		await expect(aborted).rejects.toBe(reason);
		await watched.ended();
	});

	test("and a signal that comes too late changes nothing", async () => {
		const aborter = new AbortController();
		await runOnce(1, { signal: aborter.signal });
		aborter.abort(reason);
	});
});

describe("a run ends", () => {
	test.each([0, 2])("with the error of onPiece, %i workers", async (workers) => {
		const watched = watchWorkers();
		const error = new Error("the disk is full");
		const failing = runOnce(workers, {
			onPiece() {
				throw error;
			},
		});
		await expect(failing).rejects.toBe(error);
		await watched.ended();
	});

	test.each([0, 2])("where its pool is closed, %i workers", async (workers) => {
		const watched = watchWorkers();
		const pool = new ToyPool(smallJob(), { workers });
		const run = failure(() => pool.run(RANGES, { onPiece }));
		pool.close();
		expect(await run).toEqual(["WorkerError", "pool-closed", "this pool was closed during its run"]);
		expect(await failure(() => pool.run(RANGES, { onPiece }))).toEqual([
			"WorkerError",
			"pool-closed",
			"this pool was closed: make another one",
		]);
		await watched.ended();
	});
});

test("a second run at the same time is refused, and the first goes on", async () => {
	const pool = new ToyPool(smallJob(), { workers: 1 });
	let toys = 0;
	const first = pool.run(RANGES, { onPiece: ({ count }) => (toys += count) });
	expect(await failure(() => pool.run(RANGES, { onPiece }))).toEqual([
		"WorkerError",
		"pool-busy",
		"this pool is still busy: wait for its run to end",
	]);
	expect(await failure(() => pool.changeJob(smallJob()))).toEqual([
		"WorkerError",
		"pool-busy",
		"this pool is still busy: wait for its run to end",
	]);
	await first;
	expect(toys).toBe(1000);
	pool.close();
});

test("where no worker may be started, the way out is said", async () => {
	watchWorkers();
	workerThreads.Worker = class {
		constructor() {
			throw new Error("Access to this API has been restricted");
		}
	} as unknown as typeof workerThreads.Worker;
	expect(await failure(() => runOnce(2))).toEqual([
		"WorkerError",
		"workers-blocked",
		"no worker can be started (Access to this API has been restricted): allow them, in a page's Content-Security-Policy with `worker-src blob:`, or make the toys on this thread with `workers: 0`",
	]);
	await runOnce(0);
});

describe("bad input is refused at once", () => {
	test.each([-1, 1.5, Number.NaN, 1025, "2"])("%s workers", async (workers) => {
		expect(await failure(() => new ToyPool(smallJob(), { workers: workers as number }))).toEqual([
			"OptionError",
			"bad-workers",
			`options.workers: expected a whole number from 0 to 1024, found ${workers}`,
		]);
	});

	test.each([
		[{ ensemble: 2, first: 0, count: 1 }, "found 1 from 0 on of ensemble 2"],
		[{ ensemble: 0, first: -1, count: 1 }, "found 1 from -1 on of ensemble 0"],
		[{ ensemble: 0, first: 0.5, count: 1 }, "found 1 from 0.5 on of ensemble 0"],
		[{ ensemble: 0, first: 2 ** 53 - 1, count: 1 }, "found 1 from 9007199254740991 on of ensemble 0"],
	])("toys %j", async (range, found) => {
		const pool = new ToyPool(smallJob(), { workers: 0 });
		expect(await failure(() => pool.run([...RANGES, range], { onPiece }))).toEqual([
			"OptionError",
			"bad-range",
			`ranges[1]: expected toys of the ensembles 0 to 1 by whole numbers, ${found}`,
		]);
	});
});
