import { duration } from "../units.mjs";
import { powerOf } from "./axes.mjs";

const HEAD = ["", "parameters", "fit", "iterations", "per iteration", "power", "−2 ln L", "power"];

/** The report of `--scaling` as text for a terminal: a table for each axis, and the powers under it. */
export function renderScaling({ date, machine, peers, base, axes }) {
	const versions = Object.entries(peers[0].versions).map(([name, version]) => `${name} ${version}`);
	const lines = [
		`${date}: ${versions.join(", ")}`,
		`${machine.cpu}, ${machine.cores} cores, ${machine.os}, load average ${machine.loadAverage.toFixed(1)} at the start`,
		"Synthetic workspaces. One thread; medians of warm calls. A fit includes its covariance, and so does the time per",
		"iteration. Power: of the size, from the line above.",
		...axes.flatMap((axis) => section(axis, base)),
	];
	return `${lines.join("\n")}\n`;
}

function section({ name, title, points, powers, stopped }, base) {
	const others = [
		["bins", `${base.bins} bins`],
		["parameters", `${base.parameters} shared systematics`],
		["samples", `${base.samples} samples`],
	].filter(([other]) => other !== name);
	const rows = points.map((point, i) => cellsOf(point, points[i - 1]));
	const table = [[title, ...HEAD.slice(1)], ...rows];
	const widths = HEAD.map((_, i) => Math.max(...table.map((cells) => cells[i].length)));
	const text = (cells) => `  ${cells.map((cell, i) => cell.padStart(widths[i])).join("  ")}`.trimEnd();
	const summary = [
		["time per iteration", powers.perIteration, powers.perIterationLarger],
		["−2 ln L", powers.evaluation, powers.evaluationLarger],
	].flatMap(([what, all, larger]) =>
		all === undefined ? [] : [`  ${what}: power ${all.toFixed(2)}, ${larger.toFixed(2)} over the larger half`],
	);
	return [
		"",
		`Number of ${title}, with ${others.map(([, text]) => text).join(" and ")}`,
		...table.map(text),
		...summary,
		...(stopped === undefined ? [] : [`  ended ${stopped}`]),
	];
}

function cellsOf(point, before) {
	const power = (key) => {
		if (before === undefined) return "";
		return powerOf([before, point].map((each) => [each.size, each[key]])).toFixed(2);
	};
	return [
		String(point.size),
		String(point.modelParameters),
		duration(point.fit),
		String(point.iterations),
		duration(point.perIteration),
		power("perIteration"),
		duration(point.evaluation),
		power("evaluation"),
	];
}
