/** A heading on the terminal. */
export function heading(title, source) {
	console.log(`\n${title}\n${"─".repeat(title.length)}\n${source}\n`);
}

/** Rows of cells under each other: the first column as wide as it needs, the others of one width. */
export function rows(cells) {
	const first = Math.max(...cells.map(([label]) => label.length));
	const others = Math.max(...cells.flatMap(([, ...values]) => values.map((value) => value.length)));
	for (const [label, ...values] of cells) {
		console.log(`  ${[label.padEnd(first), ...values.map((value) => value.padEnd(others))].join("   ").trimEnd()}`);
	}
}

/** Runs a step and returns its result with the time that it took, as text. */
export async function timed(step) {
	const start = performance.now();
	const result = await step();
	const milliseconds = performance.now() - start;
	return [result, milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`];
}

/** `1.539  (1.108 to 2.145)`: the median of an expected band and its central 68 %. */
export function median([, low, middle, high]) {
	return `${middle.toFixed(3)}  (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
