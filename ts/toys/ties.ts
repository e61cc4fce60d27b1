/** Statistics this close to that of the data are the same but for rounding. */
const TIE = 1e-9;

/**
 * From here on a statistic is at least as large as `statistic`: toys with the same data as the observed ones must count,
 * and the last digits of their fits may differ.
 */
export function atLeast(statistic: number): number {
	return statistic - TIE * Math.max(1, statistic);
}

/** How many of the statistics are at least as large as `statistic`. */
export function countAtLeast(statistics: Float64Array, statistic: number): number {
	const from = atLeast(statistic);
	let count = 0;
	for (const value of statistics) if (value >= from) count++;
	return count;
}
