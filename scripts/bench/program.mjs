import { spawn } from "node:child_process";
import { oneThread } from "./oneThread.mjs";

/** A program that is started anew for every call, measured from outside: what someone at a command line waits for. */
export class Program {
	#command;
	#read;
	#child;

	/** `read` takes the values out of what the program prints. */
	constructor({ command, read }) {
		this.#command = command;
		this.#read = read;
	}

	/** Each call is the program's first; nothing is said before it. */
	async introduction() {
		return {};
	}

	/** As a worker's: `{ seconds, values }` of `calls` runs, one after the other, `{ error }` or `{ exceeded }`. */
	async ask({ calls }, limit) {
		const start = performance.now();
		let output = "";
		for (let i = 0; i < calls; i++) {
			const run = await this.#run(limit);
			if (run.output === undefined) return run;
			output = run.output;
		}
		const seconds = (performance.now() - start) / 1000;
		try {
			return { seconds, values: this.#read(output) };
		} catch (error) {
			return { error: `its answer cannot be read: ${error.message}` };
		}
	}

	async end() {
		this.#child?.kill();
	}

	#run(limit) {
		const [program, programArguments] = this.#command;
		return new Promise((resolve) => {
			const child = spawn(program, programArguments, { stdio: ["ignore", "pipe", "pipe"], env: oneThread() });
			this.#child = child;
			const timer = setTimeout(() => {
				resolve({ exceeded: limit });
				child.kill();
			}, limit * 1000);
			let [output, complaints] = ["", ""];
			child.stdout.setEncoding("utf8").on("data", (text) => {
				output += text;
			});
			child.stderr.setEncoding("utf8").on("data", (text) => {
				complaints += text;
			});
			child.once("error", (error) => resolve({ error: `cannot start ${program}: ${error.message}` }));
			child.once("close", (code, signal) => {
				clearTimeout(timer);
				const reason = complaints.trim().split("\n").at(-1) || `it ended with ${signal ?? `code ${code}`}`;
				resolve(code === 0 ? { output } : { error: reason });
			});
		});
	}
}
