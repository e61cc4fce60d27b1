/** The sum of cargo's closing lines, one per test program: `test result: ok. 3 passed; 0 failed; 1 ignored; …`. */
export function countCargoTests(output) {
	const counts = { passed: 0, failed: 0, skipped: 0 };
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
	const plain = output.replace(/\x1b\[[\d;]*m/g, "");
	const closing = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;
	for (const [, passed, failed, ignored] of plain.matchAll(closing)) {
		counts.passed += Number(passed);
		counts.failed += Number(failed);
		counts.skipped += Number(ignored);
	}
	return counts;
}

/** Counts from vitest's JSON report; a file that could not be loaded has no test in it and counts as one failure. */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
	const unloaded = testResults.filter(
		({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
	);
	return {
		passed: numPassedTests,
		failed: numFailedTests + unloaded.length,
		skipped: numPendingTests + numTodoTests,
	};
}

/** The tests in vitest's report that say in their name why they were skipped: `… (skipped: no Chromium)`. */
export function spokenSkips({ testResults }) {
	return testResults.flatMap(({ assertionResults }) =>
		assertionResults.filter(({ title }) => title.includes("(skipped: ")).map(({ title }) => title),
	);
}

/**
 * The sum over the runners. One that ended with an error without counting a failure, such as an error of the compiler,
 * adds one.
 */
export function sumCounts(runs) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	for (const { code, passed, failed, skipped } of runs) {
		total.passed += passed;
		total.failed += failed === 0 && code !== 0 ? 1 : failed;
		total.skipped += skipped;
	}
	return total;
}
