/** What takes longer than this many seconds is run once. */
const ONCE = 5;

/** A call that compiles may take so many seconds at least, however little patience there is. */
const COMPILATION = 60;

/** Calls are timed in batches of at least this many seconds, so that the clock and a short disturbance don't matter. */
const BATCH = 0.2;

/** Calls go on for so many seconds before any is timed: by then a just-in-time compiler has done what it does. */
const WARM = 1;

/** How many batches of each peer are timed. */
const ROUNDS = 5;

/**
 * Measures a job with every worker, each with the model loaded; times are in seconds per call.
 *
 * The first call of each is timed alone; where that one compiles (`worker.compiles`), the second says how fast a worker
 * is. Those that are fast enough for more are called until they are warm and then take turns, so that a busy minute of
 * the machine meets all of them. Results are in the order of the workers:
 * `{ first, values, samples, median }`, or `{ error }`, or `{ exceeded }` where a call took longer than `limit` seconds.
 * `onFirst(index, result)` is told each first call.
 */
export async function measure(workers, job, limit, onFirst = () => {}) {
	const results = [];
	for (const worker of workers) {
		const patience = worker.compiles ? Math.max(COMPILATION, limit) : limit;
		const { seconds, values, ...failure } = await worker.ask({ ...job, calls: 1 }, patience);
		const result = seconds === undefined ? failure : { first: seconds, values, samples: [] };
		onFirst(results.length, result);
		results.push(result);
	}

	const batches = [];
	for (const [i, { first }] of results.entries()) {
		if (first === undefined) continue;
		const batch = new Batch(workers[i], job, limit);
		const alone = first > ONCE && workers[i].compiles ? await batch.secondsPerCall() : first;
		if (batch.failed === undefined && alone > ONCE) {
			results[i].samples.push(alone);
			continue;
		}
		if (batch.failed === undefined) await batch.warmUp();
		batches.push([i, batch]);
	}
	for (let round = 0; round < ROUNDS; round++) {
		for (const [i, batch] of batches) {
			if (!batch.failed) results[i].samples.push(await batch.secondsPerCall());
		}
	}
	for (const [i, batch] of batches) {
		if (batch.failed) results[i] = { error: `after a first call that succeeded: ${batch.failed}` };
	}
	return results.map((result) =>
		result.samples === undefined ? result : { ...result, median: median(result.samples) },
	);
}

/** As many calls of a worker in one go as take long enough to be timed. */
class Batch {
	/** Why it does not answer any more, where that is so. */
	failed;
	#ask;
	#calls = 1;

	constructor(worker, job, limit) {
		this.#ask = () => worker.ask({ ...job, calls: this.#calls }, limit);
	}

	/** Calls in growing batches until they are long enough and the worker is warm. */
	async warmUp() {
		let elapsed = 0;
		for (;;) {
			const seconds = await this.#seconds();
			if (this.failed) return;
			elapsed += seconds;
			if (seconds >= BATCH && elapsed >= WARM) return;
			// Never more than tenfold at once: the first batches are slower than those to come.
			if (seconds < BATCH) this.#calls = Math.ceil(this.#calls * Math.min(10, (1.2 * BATCH) / seconds));
		}
	}

	async secondsPerCall() {
		return (await this.#seconds()) / this.#calls;
	}

	async #seconds() {
		const { seconds, error, exceeded } = await this.#ask();
		if (seconds === undefined) this.failed = error ?? `no answer in ${exceeded} s`;
		return seconds;
	}
}

export function median(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
