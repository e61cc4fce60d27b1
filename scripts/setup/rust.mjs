import { existsSync, readdirSync } from "node:fs";
import { ask } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { runQuietly, step } from "./step.mjs";

/** What the locked dependencies of wasm-pack 0.15.0 ask for; the crates themselves need less. */
const MINIMUM = "1.91";

export const WASM_TARGET = "wasm32-unknown-unknown";

/** Extra arguments for cargo when it builds the core: `HISTFACTORY_CARGO_ARGS`, separated by blanks. */
export const extraCargoArguments = (process.env.HISTFACTORY_CARGO_ARGS ?? "").split(/\s+/).filter(Boolean);

/** Whether the standard library for WebAssembly is built from its source instead of being installed. */
export const buildsStandardLibrary = extraCargoArguments.some((argument) => argument.includes("build-std"));

const rustc = process.env.RUSTC ?? "rustc";

/** Fails with the one line that helps where cargo or rustc is missing or too old. */
export function requireRust() {
	const version = /^rustc (\d+)\.(\d+)\.\d+/.exec(ask(rustc, ["--version"]) ?? "");
	if (version === null || ask("cargo", ["--version"]) === undefined) {
		throw new Failure(
			"histfactory's core is written in Rust, and cargo and rustc were not found: get them from https://rustup.rs, open a new terminal and run this again.",
		);
	}
	const [major, minor] = MINIMUM.split(".").map(Number);
	if (Number(version[1]) === major && Number(version[2]) < minor) {
		throw new Failure(
			`histfactory needs Rust ${MINIMUM} or newer and this is ${version[1]}.${version[2]}: run \`rustup update\`, or get it from https://rustup.rs.`,
		);
	}
}

/** Adds Rust's standard library for WebAssembly, unless its files are there or the user builds them from source. */
export async function wasmTarget() {
	if (buildsStandardLibrary || hasStandardLibrary()) return;
	const byHand = `Rust's standard library for ${WASM_TARGET} is missing`;
	if (ask("rustup", ["--version"]) === undefined) {
		throw new Failure(`${byHand}: install it as your system does, or take Rust from https://rustup.rs.`);
	}
	await step(`set-up: Rust target ${WASM_TARGET}`, () =>
		runQuietly(["rustup", ["target", "add", WASM_TARGET]], {
			failure: `${byHand} and rustup could not add it; what it said stands above.`,
			unreachable: `${byHand} and rustup could not reach its server: check the network and run this again.`,
		}),
	);
	if (!hasStandardLibrary()) {
		throw new Failure(`${byHand}, also after \`rustup target add\`: is \`${rustc}\` the one that rustup installed?`);
	}
}

/** rustup's list can be ahead of or behind the files, and Rust need not come from rustup. */
function hasStandardLibrary() {
	const folder = ask(rustc, ["--target", WASM_TARGET, "--print", "target-libdir"]);
	return folder !== undefined && existsSync(folder) && readdirSync(folder).some((file) => file.startsWith("libstd-"));
}
