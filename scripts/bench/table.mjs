import { worst } from "./compare.mjs";
import { tasks } from "./tasks.mjs";
import { duration, signed, times } from "./units.mjs";

/** The report of a benchmark as text for a terminal. */
export function renderReport(report) {
	const notes = new Notes();
	const lines = [...heading(report), "", ...table(report, notes), "", ...notes.lines()];
	lines.push(...report.models.map(({ title, source }) => `${title}: ${source}.`));
	lines.push(...report.leftOut.map((what) => `Left out: ${what}.`));
	return `${lines.join("\n")}\n`;
}

/** What the table's notes say, each once, by number. */
class Notes {
	#texts = [];

	/** The mark of a note, such as `[2]`. */
	mark(text) {
		if (!this.#texts.includes(text)) this.#texts.push(text);
		return `[${this.#texts.indexOf(text) + 1}]`;
	}

	lines() {
		return this.#texts.map((text) => `${this.mark(text)} ${text.replace(/\.$/, "")}.`);
	}
}

function heading({ date, machine, peers }) {
	const versions = Object.entries(Object.assign({}, ...peers.map((peer) => peer.versions)));
	const imports = peers.map(({ name, importSeconds }) => `${name} ${duration(importSeconds)}`);
	return [
		`${date}: ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}`,
		`${machine.cpu}, ${machine.cores} cores, ${machine.os}, load average ${machine.loadAverage.toFixed(1)} at the start`,
		`Import, before the first call: ${imports.join(", ")}`,
		"One thread each. Warm: median per call. Ratio: over histfactory, warm.",
		"Values: the largest difference, theirs minus ours; that of −2 ln L at a minimum as it is, others relative.",
	];
}

/** A column for the work, two of times for us, and time, ratio and values for every other peer. */
function table({ peers, models, rows }, notes) {
	const [own, ...others] = peers.map(({ name }) => name);
	const columns = [
		{ align: "left", head: "" },
		{ align: "right", head: "first call" },
		{ align: "right", head: "warm" },
		...others.flatMap(() => [
			{ align: "right", head: "warm" },
			{ align: "right", head: "ratio" },
			{ align: "left", head: "values" },
		]),
	];
	const sections = models.map(({ name, title }) => {
		const ofModel = rows.filter(({ model }) => model === name);
		return {
			title: `${title}${sizeOf(ofModel, own)}`,
			rows: ofModel.map((row) => cellsOf(row, own, others, notes)),
		};
	});
	const all = [columns.map(({ head }) => head), ...sections.flatMap((section) => section.rows)];
	const widths = columns.map((_, i) => Math.max(...all.map((cells) => cells[i].length)));

	const line = (cells) =>
		cells
			.map((cell, i) => (columns[i].align === "left" ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
			.join("  ")
			.trimEnd();
	const startOf = (column) => widths.slice(0, column).reduce((sum, width) => sum + width + 2, 0);
	const names = others.reduce(
		(text, name, i) => `${text.padEnd(startOf(3 + 3 * i))}${name}`,
		`${"".padEnd(startOf(1))}${own}`,
	);
	return [names, line(all[0]), ...sections.flatMap((section) => [section.title, ...section.rows.map(line)])];
}

/** What loading it said about a model, in brackets. */
function sizeOf(rows, own) {
	const loaded = rows.find(({ task }) => task === "load")?.results.find(({ peer }) => peer === own);
	if (loaded?.values === undefined) return "";
	return ` (${loaded.values.parameters} parameters, ${loaded.values.bins} bins)`;
}

function cellsOf({ task: name, results }, own, others, notes) {
	const task = tasks.find((candidate) => candidate.name === name);
	const ours = results.find(({ peer }) => peer === own);
	const cells = [`  ${task.title}`, ...ownCells(ours, notes)];
	for (const peer of others) {
		const result = results.find((candidate) => candidate.peer === peer);
		cells.push(...(result === undefined ? ["", "", ""] : otherCells(result, notes)));
	}
	return cells;
}

function ownCells({ peer, first, median, error, exceeded }, notes) {
	if (error !== undefined) return [`fails ${notes.mark(`${peer}: ${error}`)}`, ""];
	if (exceeded !== undefined) return [`> ${exceeded} s`, ""];
	return [duration(first), duration(median)];
}

function otherCells({ peer, median, ratio, samples, differences, note, error, exceeded }, notes) {
	const marks = note === undefined ? [] : [notes.mark(`${peer}: ${note}`)];
	if (error !== undefined) return ["fails", "", notes.mark(`${peer}: ${error}`)];
	if (exceeded !== undefined) {
		return [`> ${exceeded} s`, ratio === undefined ? "" : `> ${times(ratio)}`, marks.join("")];
	}
	if (samples.length === 1) marks.push(notes.mark("too slow for more than one run, the first call"));
	const values = [];
	if (differences !== undefined) {
		const largest = worst(differences);
		values.push(largest.agrees ? signed(largest.difference) : "DIFFER");
		const disagreeing = differences.filter(({ agrees }) => !agrees);
		if (disagreeing.length > 0) marks.push(notes.mark(`${peer}: ${disagreeing.map(disagreement).join("; ")}`));
	}
	return [duration(median), ratio === undefined ? "" : times(ratio), [...values, ...marks].join(" ")];
}

/** Such as `CLs 0.998 where ours is 0.00049 (relative difference +2e+3, 1e-4 is noise)`. */
function disagreement({ title, ours, theirs, difference, measure, tolerance }) {
	const both = `${title} ${theirs ?? "none"} where ours is ${ours ?? "none"}`;
	if (difference === null) return both;
	return `${both} (${measure} difference ${signed(difference)}, up to ${tolerance.toExponential(0)} is noise)`;
}
