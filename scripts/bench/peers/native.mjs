import { join } from "node:path";
import { root } from "../../setup/command.mjs";
import { runQuietly, step } from "../../setup/step.mjs";

const binary = join(root, "target", "release", `histfactory-bench${process.platform === "win32" ? ".exe" : ""}`);

/** The same core as machine code, on the same arrays: its time over ours is what WebAssembly costs. */
export const native = {
	name: "native",
	tasks: ["fit", "hypotest", "limits", "toys"],
	command: () => [binary, []],
	build: () =>
		step("build: the core, Rust to machine code", () =>
			runQuietly(["cargo", ["build", "--release", "--package", "histfactory-bench"]], {
				failure: "The native core could not be built; what the compiler said stands above.",
				unreachable: "cargo could not reach its registry: check the network and run this again.",
			}),
		),
	compiled: true,
	exact: true,
};
