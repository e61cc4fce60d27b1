import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, root, toolsFolder } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { runQuietly, step } from "./step.mjs";

const WASM_PACK = "0.15.0";

/** wasm-pack, and wasm-bindgen's command line in the version of the crate: from PATH where suitable, else built here. */
export async function wasmTools() {
	await tool("wasm-bindgen", "wasm-bindgen-cli", wasmBindgenVersion());
	await tool("wasm-pack", "wasm-pack", WASM_PACK);
}

async function tool(command, crate, version) {
	if (installedVersion(command) === version) return;
	const cargo = ["install", "--locked", "--root", toolsFolder, "--version", version, crate];
	await step(`set-up: ${command} ${version} (built once, about two minutes)`, () =>
		runQuietly(["cargo", cargo], {
			failure: `cargo could not build ${crate} ${version}; what it said stands above.`,
			unreachable: `cargo could not reach its registry for ${crate} ${version}: check the network and run this again.`,
		}),
	);
	const found = installedVersion(command);
	if (found !== version) throw new Failure(`${command} ${version} was just built, but says it is ${found}.`);
}

/** The version that the first such command on our PATH tells; the one there may be any. */
function installedVersion(command) {
	return ask(command, ["--version"])?.split(" ")[1];
}

/** The crate pins it with `=`: the command line must be equal to the last digit. */
function wasmBindgenVersion() {
	const manifest = readFileSync(join(root, "crates", "wasm", "Cargo.toml"), "utf8");
	const pinned = /^wasm-bindgen = .*"=(\d+\.\d+\.\d+)"/m.exec(manifest);
	if (pinned === null) throw new Error('crates/wasm/Cargo.toml must pin wasm-bindgen = "=x.y.z"');
	return pinned[1];
}
