import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packageCommand, root, run } from "../setup/command.mjs";
import { countVitest, spokenSkips } from "./counts.mjs";

const report = join(root, ".build", "vitest.json");

/** Runs the TypeScript tests; the output is shown, the counts are the result. */
export async function runVitest(vitestArguments) {
	rmSync(report, { force: true });
	const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
	const [node, vitest] = packageCommand("vitest/vitest.mjs", "run", ...reporters, ...vitestArguments);
	const { code } = await run(node, vitest, { output: "show" });
	if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0, code };
	const results = JSON.parse(readFileSync(report, "utf8"));
	// The reporter names failures only; what was left out is to be seen as well.
	for (const title of spokenSkips(results)) console.log(title);
	return { ...countVitest(results), code };
}
