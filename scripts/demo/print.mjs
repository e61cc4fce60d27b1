/** A heading on the terminal. */
export function heading(title, source) {
	console.log(`\n${title}\n${"─".repeat(title.length)}\n${source}\n`);
}

/** A table of texts under the titles of its columns, indented. */
export async function table(titles, rows) {
	// Not before the package is built.
	const { textTable } = await import("histfactory/report");
	const columns = titles.map((title) => ({ title, kind: "text" }));
	console.log(textTable({ title: "", columns, rows, notes: [] }).replace(/^(?=.)/gm, "  "));
}

/** Runs a step and returns its result with the time that it took, as text. */
export async function timed(step) {
	const start = performance.now();
	const result = await step();
	const milliseconds = performance.now() - start;
	return [result, milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`];
}

/** `1.539 (1.108 to 2.145)`: the median of an expected band and its central 68 %. */
export function median([, low, middle, high]) {
	return `${middle.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
