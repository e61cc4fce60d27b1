import { build } from "./build.mjs";
import { Failure } from "./setup/failure.mjs";
import { requireRust } from "./setup/rust.mjs";
import { runCargoTests } from "./test/cargoTests.mjs";
import { sumCounts } from "./test/counts.mjs";
import { select } from "./test/selection.mjs";
import { runVitest } from "./test/vitest.mjs";

/**
 * Builds what is not up to date, runs the Rust and the TypeScript tests and prints the sum of what both runners
 * counted. Arguments choose tests (`test/selection.mjs`).
 */
export default async function test(taskArguments) {
	const { cargo, vitest } = select(taskArguments);
	requireRust();
	if (vitest !== undefined) await build();
	const runs = [];
	if (cargo !== undefined) runs.push(await runCargoTests(cargo));
	if (vitest !== undefined) runs.push(await runVitest(vitest));

	const total = sumCounts(runs);
	if (total.passed + total.failed + total.skipped === 0)
		throw new Failure(`No test matches ${taskArguments.join(" ")}.`);

	if (total.failed > 0) process.exitCode = 1;
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
	console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
}
