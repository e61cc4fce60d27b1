import type { ToyJob, ToyRange } from "../toys/ensemble.js";
import type { Executor } from "./executor.js";
import type { Answer, MadePiece, Question } from "./messages.js";
import { WorkerError } from "./workerError.js";
import { type StartWorker, type WorkerThread, waysToStart } from "./workerThread.js";

/** A worker that never ran, so that another way may be tried. */
class NotStarted extends Error {}

interface Waiting {
	resolve(answer: Answer): void;
	reject(error: Error): void;
}

/** Makes toys in a worker, which is started for the first of them. */
export class WorkerExecutor implements Executor {
	readonly #module: WebAssembly.Module;
	#job: ToyJob | undefined;
	#thread: WorkerThread | undefined;
	#waiting: Waiting | undefined;
	#over: Error | undefined;

	constructor(module: WebAssembly.Module) {
		this.#module = module;
	}

	/** @throws {@link WorkerError} `workers-blocked` where no worker can be started; an Error with the reason where it ended. */
	async make(job: ToyJob, range: ToyRange): Promise<MadePiece> {
		if (this.#job !== job) await this.#load(job);
		const answer = await this.#ask({ kind: "range", range });
		if (answer.kind !== "made") throw new Error(`it answered ${answer.kind}`);
		return answer;
	}

	stop(): void {
		this.#thread?.terminate();
		this.#end(new Error("it was stopped"));
	}

	async #load(job: ToyJob): Promise<void> {
		const question: Question = { kind: "job", module: this.#module, job };
		if (this.#thread === undefined) await this.#start(question);
		else await this.#ask(question);
		this.#job = job;
	}

	/** Tries the ways in which a worker can be started until one runs. */
	async #start(question: Question): Promise<void> {
		let reason = "this engine has none";
		for (const way of waysToStart()) {
			try {
				this.#thread = this.#startBy(way);
				await this.#ask(question);
				return;
			} catch (error) {
				if (!(error instanceof NotStarted)) throw error;
				reason = error.message;
			}
		}
		throw new WorkerError(
			"workers-blocked",
			`no worker can be started (${reason}): allow them, in a page's Content-Security-Policy with \`worker-src blob:\`, or make the toys on this thread with \`workers: 0\``,
		);
	}

	#startBy(way: StartWorker): WorkerThread {
		try {
			return way({
				onAnswer: (answer) => this.#hear(answer),
				onEnd: (reason, started) => this.#end(started ? new Error(reason) : new NotStarted(reason)),
			});
		} catch (error) {
			throw new NotStarted(error instanceof Error ? error.message : String(error));
		}
	}

	/** One question and its answer, for which Node stays alive. */
	#ask(question: Question): Promise<Answer> {
		if (this.#over !== undefined) return Promise.reject(this.#over);
		this.#thread?.keepNodeAlive(true);
		return new Promise((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#thread?.post(question);
		});
	}

	#hear(answer: Answer): void {
		if (answer.kind === "failed") {
			this.#thread?.terminate();
			this.#end(new Error(answer.reason));
			return;
		}
		this.#thread?.keepNodeAlive(false);
		this.#waiting?.resolve(answer);
		this.#waiting = undefined;
	}

	#end(error: Error): void {
		if (!(error instanceof NotStarted)) this.#over ??= error;
		this.#waiting?.reject(error);
		this.#waiting = undefined;
	}
}
