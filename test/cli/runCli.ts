import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";

/** The built command line. */
export const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Why the tests of the command line cannot run, or `undefined`. */
export const NOT_BUILT = existsSync(CLI) ? undefined : "dist/cli.js is missing: run `npm run build` first";
if (NOT_BUILT !== undefined) console.warn(`skipped: ${NOT_BUILT}`);

export interface Outcome {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface RunOptions {
	/** What stands on standard input; nothing by default. */
	readonly input?: string | Uint8Array;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
}

/** Runs the built command line as a process of its own. */
export function histfactory(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
	return runProcess(process.execPath, [CLI, ...args], options);
}

/** Runs any program to its end. */
export function runProcess(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
		const child = spawn(command, args, { cwd: options.cwd, env: { ...env, ...options.env } });
		const output = { stdout: "", stderr: "" };
		for (const name of ["stdout", "stderr"] as const) {
			child[name].setEncoding("utf8").on("data", (text: string) => {
				output[name] += text;
			});
		}
		child.on("error", reject);
		child.on("close", (code, signal) => resolve({ code, signal, ...output }));
		// A program that fails early does not read its input.
		child.stdin.on("error", () => {});
		child.stdin.end(options.input ?? "");
	});
}

/** A folder for one test file, removed at its end, and a function that writes files into it. */
export function scratchFolder() {
	const folder = mkdtempSync(join(tmpdir(), "histfactory-cli-"));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	const file = (name: string, content: unknown): string => {
		const path = join(folder, name);
		const raw = typeof content === "string" || content instanceof Uint8Array;
		writeFileSync(path, raw ? content : JSON.stringify(content));
		return path;
	};
	return { folder, file };
}

/** The JSON of a run that has to succeed without a word on standard error. */
export async function json(args: readonly string[], input?: string) {
	const { code, stdout, stderr } = await histfactory(args, input === undefined ? {} : { input });
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	return JSON.parse(stdout);
}

/** The failure of a run that must not print anything on standard output. */
export async function failure(args: readonly string[], input?: string | Uint8Array) {
	const { code, stdout, stderr } = await histfactory(args, input === undefined ? {} : { input });
	expect(stdout).toBe("");
	return { code, stderr };
}
