import { describe, expect, test } from "vitest";
import { countCargoTests, countVitest, spokenSkips, sumCounts } from "../../scripts/test/counts.mjs";

describe("the counts that npm test ends with", () => {
	test("sum cargo's closing lines, with and without colours", () => {
		const output = [
			"running 4 tests",
			"test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s",
			"test result: \u001b[31mFAILED\u001b[0m. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s",
		].join("\n");
		expect(countCargoTests(output)).toEqual({ passed: 8, failed: 2, skipped: 1 });
	});

	test("take vitest's report, with a file that could not be loaded as one failure", () => {
		const report = {
			numPassedTests: 7,
			numFailedTests: 1,
			numPendingTests: 2,
			numTodoTests: 1,
			testResults: [
				{ status: "failed", assertionResults: [{ title: "one" }, { title: "two" }] },
				{ status: "failed", assertionResults: [] },
				{ status: "passed", assertionResults: [{ title: "page (skipped: no Chromium)" }] },
			],
		};
		expect(countVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 3 });
		expect(spokenSkips(report)).toEqual(["page (skipped: no Chromium)"]);
	});

	test("count a runner that fails without a count as one failure", () => {
		const counts = { passed: 4, failed: 0, skipped: 1 };
		const runs = [
			{ ...counts, code: 101 },
			{ ...counts, failed: 2, code: 1 },
			{ ...counts, code: 0 },
		];
		expect(sumCounts(runs)).toEqual({ passed: 12, failed: 3, skipped: 3 });
	});
});
