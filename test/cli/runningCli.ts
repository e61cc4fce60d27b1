import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { CLI, type Outcome } from "./runCli.js";

/** A command that is still going on. */
export interface RunningCli {
	readonly process: ChildProcess;
	/** What it has written on standard error so far. */
	readonly stderr: () => string;
	readonly ended: Promise<Outcome>;
}

/** Starts the built command line as a process of its own. */
export function start(args: readonly string[], cwd?: string): RunningCli {
	const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
	const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (text: string) => {
			output[name] += text;
		});
	}
	const ended = new Promise<Outcome>((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code, signal) => resolve({ code, signal, ...output }));
	});
	return { process: child, stderr: () => output.stderr, ended };
}

/** Waits until something holds, looking a hundred times a second; fails where the command ends before. */
export async function until(condition: () => boolean, running: RunningCli): Promise<void> {
	let over = false;
	const ended = () => {
		over = true;
	};
	running.ended.then(ended, ended);
	while (!condition()) {
		if (over) throw new Error(`the command ended too early: ${running.stderr()}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

/** How many toys a shard's file holds; 0 where there is none. */
export function toysInFile(path: string): number {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch {
		return 0;
	}
	const pieces: readonly { readonly count: number }[][] = JSON.parse(text).pieces;
	return pieces.flat().reduce((sum, { count }) => sum + count, 0);
}
