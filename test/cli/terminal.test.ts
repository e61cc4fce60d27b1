import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CLI, NOT_BUILT, runProcess, scratchFolder } from "./runCli.js";
import { MANY_BINS, TWO_BINS } from "./workspaces.js";

const { file } = scratchFolder();
const twoBins = file("two-bins.json", TWO_BINS);
const manyBins = file("many-bins.json", MANY_BINS);

describe.skipIf(NOT_BUILT)("a terminal", () => {
	const pty =
		existsSync("/usr/bin/script") && process.platform === "linux" ? undefined : "script(1) of util-linux is missing";
	if (pty !== undefined) console.warn(`skipped the tests with a terminal: ${pty}`);
	const onTerminal = (args: string, env: Record<string, string> = {}) =>
		runProcess("script", ["-qec", `'${process.execPath}' '${CLI}' ${args}`, "/dev/null"], {
			env: { TERM: "xterm", ...env },
		});

	test.skipIf(pty)("gets tables, with bold titles", async () => {
		const { code, stdout } = await onTerminal(`limit '${twoBins}'`);
		expect(code).toBe(0);
		expect(stdout).toContain("\x1b[1m95 % CL upper limit on mu (qtilde, asymptotic)\x1b[22m\r\n");
	});

	test.skipIf(pty)("gets no colours with NO_COLOR or when it cannot show them", async () => {
		for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
			const { stdout } = await onTerminal(`limit '${twoBins}' -q`, env);
			expect(stdout).toMatch(/^95 % CL upper limit on mu \(qtilde, asymptotic\)\r\n/);
		}
	});

	test.skipIf(pty)("gets JSON where it asks for it", async () => {
		const { stdout } = await onTerminal(`limit '${twoBins}' --json -q`);
		expect(JSON.parse(stdout)).toHaveProperty("limit_obs");
	});

	test.skipIf(pty)("is told what is waited for", async () => {
		const child = spawn("script", ["-qec", `'${process.execPath}' '${CLI}' inspect --format text`, "/dev/null"]);
		let output = "";
		const closed = new Promise((resolve) => child.on("close", resolve));
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			output += text;
			if (output.endsWith("or name a file\r\n")) child.stdin.end(`${JSON.stringify(TWO_BINS)}\n\x04`);
		});
		expect(await closed).toBe(0);
		expect(output).toContain("histfactory: note: reading from the terminal; end with Ctrl-D, or name a file\r\n");
		expect(output).toContain("\r\nsinglechannel     2  background, signal\r\n");
	});

	test.skipIf(pty)("is shown how far toys have come", async () => {
		const toys = `toys '${manyBins}' --n 100000`;
		const { code, stdout } = await onTerminal(toys);
		expect(code).toBe(0);
		expect(stdout).toMatch(/toys █*░* \d+ %, \d+ of 200000, \d+\/s, \d+ s left/);
		// The table comes when the line is gone.
		const before = stdout.slice(0, stdout.indexOf("Hypothesis test of mu = 1"));
		expect(before).toContain("\x1b[2K");
		expect(before.slice(before.lastIndexOf("\x1b[2K"))).not.toContain("toys");
		expect((await onTerminal(`${toys} --quiet`)).stdout).not.toContain("█");
	});

	test("ends at Ctrl-C without a word", async () => {
		const child = spawn(process.execPath, [CLI, "scan", manyBins, "--to", "10", "--step", "0.0002"]);
		let output = "";
		for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
		child.on("spawn", () => setTimeout(() => child.kill("SIGINT"), 500));
		const signal = await new Promise((resolve) => child.on("close", (_, by) => resolve(by)));
		expect({ signal, output }).toEqual({ signal: "SIGINT", output: "" });
	});
});
