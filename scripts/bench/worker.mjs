import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { oneThread } from "./oneThread.mjs";

/** How much of a process's complaints is kept for the message about its end. */
const LAST_WORDS = 2000;

/**
 * A process of a peer, spoken to in lines of JSON.
 *
 * It introduces itself with `{ importSeconds, versions }`, or with `{ missing }`, the name of a package. Each job is
 * `{ task, calls }` and answered by `{ seconds, values }`, the time of all calls together and the values of the last
 * one, or by `{ error }`. The tasks `load` and `background` also bring the paths of files that `inputs.mjs` wrote:
 * `workspace`, `patches` and, where a peer takes it, `flat`; reading texts is not timed. The other tasks work on what
 * these left.
 */
export class Worker {
	/** Whether its first call compiles what later ones only run. */
	compiles;
	#toyShare;
	#child;
	#lines;
	#complaints = "";
	#ended;

	constructor([program, programArguments], { compiles = false, toyShare = 1 } = {}) {
		this.compiles = compiles;
		this.#toyShare = toyShare;
		this.#child = spawn(program, programArguments, {
			stdio: ["pipe", "pipe", "pipe"],
			env: oneThread(),
		});
		this.#ended = new Promise((resolve) => {
			this.#child.once("error", (error) => resolve(`cannot start ${program}: ${error.message}`));
			this.#child.once("close", (code, signal) => {
				const reason = this.#complaints.trim().split("\n").at(-1) || `it ended with ${signal ?? `code ${code}`}`;
				resolve(reason);
			});
		});
		this.#child.stderr.setEncoding("utf8").on("data", (text) => {
			this.#complaints = (this.#complaints + text).slice(-LAST_WORDS);
		});
		// A process that is gone is noticed at its next answer.
		this.#child.stdin.on("error", () => {});
		this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
	}

	/** What it says of itself at the start; `{ error }` where it does not come so far. */
	introduction() {
		return this.#answer();
	}

	/**
	 * The answer to a job; `{ exceeded }`, and the process is ended, where it takes longer than `limit` seconds. Of a job's
	 * toys a peer makes its share only, and the time is that of all of them.
	 */
	async ask({ toys: allToys, ...job }, limit) {
		if (allToys === undefined) return this.#ask(job, limit);
		const toys = Math.max(2, Math.round(allToys * this.#toyShare));
		const answer = await this.#ask({ ...job, toys }, limit);
		return answer.seconds === undefined ? answer : { ...answer, seconds: (answer.seconds * allToys) / toys };
	}

	async #ask(job, limit) {
		this.#child.stdin.write(`${JSON.stringify(job)}\n`);
		let timer;
		const late = new Promise((resolve) => {
			timer = setTimeout(resolve, limit * 1000, { exceeded: limit });
		});
		const answer = await Promise.race([this.#answer(), late]);
		clearTimeout(timer);
		if (answer.exceeded !== undefined) this.#child.kill();
		return answer;
	}

	/** Ends the process. */
	async end() {
		this.#child.stdin.end();
		this.#child.kill();
		await this.#ended;
	}

	async #answer() {
		const { value, done } = await this.#lines.next();
		return done ? { error: await this.#ended } : JSON.parse(value);
	}
}
