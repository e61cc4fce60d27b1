import { run } from "./command.mjs";
import { Failure } from "./failure.mjs";

/** Does a piece of work under one line that names it and, when it is done, its time. */
export async function step(label, work) {
	const start = performance.now();
	process.stderr.write(`${label} … `);
	try {
		await work();
	} catch (error) {
		process.stderr.write(`failed\n${error.details ?? ""}`);
		throw error;
	}
	process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

const UNREACHABLE =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|CERT_|UNABLE_TO_|spurious network error|network (error|timeout)|could(n't| not) (resolve|connect|download)|failed to download|error sending request/i;

const PROGRESS = /^\s*(Compiling|Checking|Downloaded|Downloading|Adding|Locking|Installing) /;

/**
 * Runs a command whose output matters only where it fails. `failure` is the line that says what to do then,
 * `unreachable` the line for a registry or server that could not be reached.
 */
export async function runQuietly([command, commandArguments], { failure, unreachable = failure, env = {} }) {
	const colors = process.stderr.isTTY ? { FORCE_COLOR: "1", CARGO_TERM_COLOR: "always" } : { NO_COLOR: "1" };
	const { code, text } = await run(command, commandArguments, { env: { ...colors, ...env } });
	if (code === 0) return;
	const details = text.split("\n").filter((line) => !PROGRESS.test(line));
	throw new Failure(UNREACHABLE.test(text) ? unreachable : failure, `${details.join("\n").trimEnd()}\n`);
}
