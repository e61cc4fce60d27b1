import { build } from "./build.mjs";
import { ask, packageCommand } from "./setup/command.mjs";
import { Failure } from "./setup/failure.mjs";
import { requireRust, WASM_TARGET } from "./setup/rust.mjs";
import { runQuietly, step } from "./setup/step.mjs";

const colors = process.stderr.isTTY ? "force" : "off";

const CHECKS = [
	[
		"biome: format and lint",
		packageCommand("@biomejs/biome/bin/biome", "ci", "--error-on-warnings", `--colors=${colors}`),
	],
	["tsc: types of sources, tests and examples", packageCommand("typescript/bin/tsc", "-p", ".")],
	["typedoc: the API reference", packageCommand("typedoc/bin/typedoc", "--emit", "none")],
	["publint: what is published", packageCommand("publint/src/cli.js", "--strict")],
	["cargo fmt", ["cargo", ["fmt", "--all", "--check"]]],
	["clippy", clippy("--all-targets")],
	["clippy for WebAssembly", clippy("--target", WASM_TARGET)],
];

/** Every check of format, types and style, each in a line; fails after the last one where any did. */
export default async function lint() {
	requireRust();
	requireComponents();
	await build();
	const failed = [];
	for (const [name, command] of CHECKS) {
		try {
			await step(name, () => runQuietly(command, { failure: name }));
		} catch (error) {
			if (!(error instanceof Failure)) throw error;
			failed.push(error.message);
		}
	}
	if (failed.length > 0) throw new Failure(`${failed.length} of ${CHECKS.length} checks failed: ${failed.join("; ")}.`);
}

function clippy(...cargoArguments) {
	return ["cargo", ["clippy", "--quiet", "--workspace", ...cargoArguments, "--", "-D", "warnings"]];
}

/** rustup installs both unless it was told to be minimal. */
function requireComponents() {
	if (ask("cargo", ["fmt", "--version"]) === undefined || ask("cargo", ["clippy", "--version"]) === undefined) {
		throw new Failure("Rust's formatter or linter is missing: run `rustup component add rustfmt clippy`.");
	}
}
