import { spawn, spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where `cargo install` puts the tools of this checkout. */
export const toolsFolder = join(root, ".tools");

/** The environment of every command: our own tools first, then those of the npm packages, then the user's. */
function environment(changes = {}) {
	const path = [join(toolsFolder, "bin"), join(root, "node_modules", ".bin"), process.env.PATH ?? ""];
	return { ...process.env, PATH: path.join(delimiter), ...changes };
}

/** What a command prints on standard output, trimmed; `undefined` where it is missing or fails. */
export function ask(command, commandArguments) {
	const { status, stdout } = spawnSync(command, commandArguments, { cwd: root, env: environment(), encoding: "utf8" });
	return status === 0 ? stdout.trim() : undefined;
}

/**
 * Runs a command to its end. `output` says where its output goes: `"show"` straight to the terminal, `"keep"` only
 * into the result, `"both"` standard output to both. Resolves to the exit code and the kept text, rejects where the
 * command cannot be started.
 */
export function run(command, commandArguments, { output = "keep", env = {} } = {}) {
	const stdio = {
		show: ["inherit", "inherit", "inherit"],
		keep: ["ignore", "pipe", "pipe"],
		both: ["inherit", "pipe", "inherit"],
	}[output];
	return new Promise((resolve, reject) => {
		const child = spawn(command, commandArguments, { cwd: root, env: environment(env), stdio });
		let text = "";
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding("utf8").on("data", (chunk) => {
				text += chunk;
				if (output === "both") process.stdout.write(chunk);
			});
		}
		child.on("error", reject);
		child.on("close", (code) => resolve({ code: code ?? 1, text }));
	});
}

/** The arguments of `node` that run a package's command from node_modules. */
export function packageCommand(path, ...commandArguments) {
	return [process.execPath, [join(root, "node_modules", path), ...commandArguments]];
}
