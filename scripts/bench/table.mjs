import { agreementOn } from "./compare.mjs";
import { own, peers } from "./peers.mjs";
import { tasks } from "./tasks.mjs";
import { duration, signed, times } from "./units.mjs";

const MARKS = { same: "=", close: "≈", different: "≠" };

/** The report of a benchmark as text for a terminal. */
export function renderReport(report) {
	const notes = new Notes();
	const sections = report.models.flatMap((model) => section(model, report, notes));
	const lines = [...heading(report), ...sections, "", ...notes.lines()];
	lines.push(...report.models.map(({ title, source }) => `${title}: ${source}.`));
	lines.push(...report.leftOut.map((what) => `Left out: ${what.replace(/\.$/, "")}.`));
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
	const imports = peers
		.filter(({ importSeconds }) => importSeconds > 0)
		.map(({ name, importSeconds }) => `${name} ${duration(importSeconds)}`);
	return [
		`${date}: ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}`,
		`${machine.cpu}, ${machine.cores} cores, ${machine.os}, load average ${machine.loadAverage.toFixed(1)} at the start`,
		`Import, before the first call: ${imports.join(", ")}`,
		"One thread each. Times are medians per warm call; × is the time over histfactory's.",
		"Values: = as ours within the noise of minimisers (native: to the last bit), ≈ within ten times that, ≠ not.",
	];
}

/** A table for a model: a line for each peer, and for each task columns for time, ratio and values. */
function section({ name, title }, { peers, rows }, notes) {
	const ofModel = rows.filter(({ model }) => model === name);
	const size = ofModel.find((row) => row.size !== undefined)?.size;
	const heads = ofModel.map(({ task }) => tasks.find((candidate) => candidate.name === task).title);
	const lines = peers.flatMap((peer) => linesOf(peer.name, ofModel, notes));
	const names = Math.max(...lines.map(({ name }) => name.length));
	const groups = heads.map(
		(head, i) =>
			new Group(
				head,
				lines.map(({ cells }) => cells[i]),
			),
	);
	const text = (name, parts) => `  ${[name.padEnd(names), ...parts].join("   ")}`.trimEnd();
	return [
		"",
		size === undefined ? title : `${title} (${size.parameters} parameters, ${size.bins} bins)`,
		text(
			"",
			groups.map((group) => group.title()),
		),
		...lines.map(({ name, cells }) =>
			text(
				name,
				groups.map((group, i) => group.line(cells[i])),
			),
		),
	];
}

/** The columns of a task. */
class Group {
	#head;
	#widths;

	constructor(head, cells) {
		this.#head = head;
		this.#widths = [0, 1, 2].map((i) => Math.max(0, ...cells.map((cell) => cell?.[i].length ?? 0)));
	}

	title() {
		return this.#head.padEnd(this.#width());
	}

	/** Times and ratios stand under each other on the right. */
	line([time, ratio, values] = ["", "", ""]) {
		const [first, second, third] = this.#widths;
		const parts = [time.padStart(first), ratio.padStart(second), values.padEnd(third)];
		return parts
			.filter((_, i) => this.#widths[i] > 0)
			.join(" ")
			.padEnd(this.#width());
	}

	#width() {
		const shown = this.#widths.filter((width) => width > 0);
		return Math.max(
			this.#head.length,
			shown.reduce((sum, width) => sum + width + 1, -1),
		);
	}
}

/** Whose first call is worth a line: ours, which waits for a user, and those that compile in it. */
const WITH_FIRST = new Set([own, ...peers.filter(({ compiles }) => compiles)].map(({ name }) => name));

/** The lines of a peer, none where it did nothing. */
function linesOf(peer, rows, notes) {
	const results = rows.map(({ results }) => results.find((candidate) => candidate.peer === peer));
	if (results.every((result) => result === undefined)) return [];
	const line = { name: peer, cells: results.map((result) => result && cellOf(result, notes)) };
	if (!WITH_FIRST.has(peer)) return [line];
	const firsts = results.map((result) => result?.first && [duration(result.first), "", ""]);
	return [line, { name: "  first call", cells: firsts }];
}

/** Time, ratio and what is to say about the values. */
function cellOf({ peer, median, ratio, samples, differences, note, error, exceeded }, notes) {
	const marks = note === undefined ? [] : [notes.mark(`${peer}: ${note}`)];
	if (error !== undefined) return ["fails", "", notes.mark(`${peer}: ${error}`)];
	if (exceeded !== undefined) {
		return [`> ${exceeded} s`, ratio === undefined ? "" : `> ${times(ratio)}`, marks.join("")];
	}
	if (samples.length === 1) marks.push(notes.mark("too slow for more than one run"));
	const agreement = differences && agreementOn(differences);
	if (agreement === "different") {
		const those = differences.filter((difference) => difference.agreement === "different");
		marks.push(notes.mark(`${peer}: ${those.map(disagreement).join("; ")}`));
	}
	const values = [agreement && MARKS[agreement], ...marks].filter(Boolean);
	return [duration(median), ratio === undefined ? "" : times(ratio), values.join(" ")];
}

/** Such as `CLs 0.998 where ours is 0.00049 (relative difference +2e+3, 1e-4 is noise)`. */
function disagreement({ title, ours, theirs, difference, measure, tolerance }) {
	const both = `${title} ${theirs ?? "none"} where ours is ${ours ?? "none"}`;
	if (difference === null) return both;
	const noise = tolerance === 0 ? "none is allowed" : `up to ${tolerance.toExponential(0)} is noise`;
	return `${both} (${measure} difference ${signed(difference)}, ${noise})`;
}
