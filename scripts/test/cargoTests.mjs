import { run } from "../setup/command.mjs";
import { countCargoTests } from "./counts.mjs";

/** Runs the Rust tests of a selection; the output is shown, the counts are the result. */
export async function runCargoTests({ packages = ["--workspace"], names = [] }) {
	const color = process.stdout.isTTY ? ["--color", "always"] : [];
	const cargo = ["test", "--no-fail-fast", ...packages, ...color, "--", ...color, ...names];
	const { code, text } = await run("cargo", cargo, { output: "both" });
	return { ...countCargoTests(text), code };
}
