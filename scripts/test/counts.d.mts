export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export interface VitestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly numTodoTests: number;
	readonly testResults: readonly {
		readonly status: string;
		readonly assertionResults: readonly { readonly title: string }[];
	}[];
}

export declare function countCargoTests(output: string): Counts;
export declare function countVitest(report: VitestReport): Counts;
export declare function spokenSkips(report: VitestReport): string[];
export declare function sumCounts(runs: readonly (Counts & { readonly code: number })[]): Counts;
