import * as Plot from "@observablehq/plot";
import { figure } from "../../../ts/plot/figure.js";
import { legendBlock, lineSwatch } from "../../../ts/plot/legend.js";
import { INK, SAMPLE_COLOURS } from "../../../ts/plot/palette.js";
import {
	bottomAxis,
	bottomLabel,
	drawPanel,
	type Frame,
	leftAxis,
	leftLabel,
	type Scale,
	scaleTicks,
	type Ticks,
} from "../../../ts/plot/panel.js";
import type { SvgNode } from "../../../ts/plot/svgNode.js";
import { FONT, textElement } from "../../../ts/plot/text.js";
import type { Powers, ScalingPoint } from "./axes.mjs";

/** What is drawn of an axis. */
export interface ScalingAxis {
	readonly title: string;
	readonly points: readonly Pick<ScalingPoint, "size" | "fit" | "perIteration" | "evaluation">[];
	readonly powers: Pick<Powers, "perIterationLarger">;
}

/** Twice a journal column: the panels stand side by side. */
const WIDTH = 860;
const LEFT = 62;
const GAP = 18;
const RIGHT = 12;
const PANEL_HEIGHT = 250;
const MOST_LABELS = 6;

const CURVES = [
	{ key: "fit", name: "free fit with covariance", colour: INK, dashes: undefined },
	{ key: "perIteration", name: "the same by iteration", colour: SAMPLE_COLOURS[1]!, dashes: "5 3" },
	{ key: "evaluation", name: "one −2 ln L", colour: SAMPLE_COLOURS[3]!, dashes: "2 2" },
] as const;

/** Times against sizes, both logarithmic, a panel for each axis with points. */
export function renderScalingFigure(axes: readonly ScalingAxis[]): string {
	const entries = CURVES.map(({ name, colour, dashes }) => ({ name, swatch: lineSwatch(colour, dashes) }));
	const legend = legendBlock(entries, LEFT, WIDTH - RIGHT, 4);
	const width = (WIDTH - LEFT - RIGHT - GAP * (axes.length - 1)) / axes.length;
	const y: Scale = { domain: decades(axes.flatMap(({ points }) => points.flatMap(timesOf))), log: true };
	const panels = axes.flatMap((axis, i) => {
		const frame = { left: LEFT + i * (width + GAP), top: legend.height + 8, width, height: PANEL_HEIGHT };
		return panelOf(axis, frame, y, i === 0);
	});
	const height = legend.height + 8 + PANEL_HEIGHT + 44;
	return figure(WIDTH, height, "Time of a fit against the size of the model", [...legend.nodes, ...panels]);
}

function panelOf({ title, points, powers }: ScalingAxis, frame: Frame, y: Scale, first: boolean): SvgNode[] {
	const sizes = points.map(({ size }) => size);
	const x: Scale = { domain: [Math.min(...sizes) / 1.3, Math.max(...sizes) * 1.3], log: true };
	const marks = CURVES.flatMap(({ key, name, colour, dashes }) => {
		const line = { x: "size", y: key, stroke: colour, strokeWidth: 1.5, ariaDescription: name };
		return [
			Plot.line(points, dashes === undefined ? line : { ...line, strokeDasharray: dashes }),
			Plot.dot(points, { x: "size", y: key, r: 2.2, fill: colour, ariaDescription: `${name}, measured` }),
		];
	});
	const axes = [...bottomAxis(ticksAt(sizes)), ...leftAxis(scaleTicks(y, frame.height, "y"), first)];
	const { perIterationLarger: power } = powers;
	const place = { x: frame.left + 10, y: frame.top + 20, "font-size": FONT.legend };
	const label = power === undefined ? [] : [textElement(`larger half: iteration ~ n^{${power.toFixed(2)}}`, place)];
	return [
		drawPanel(frame, x, y, [...marks, ...axes]),
		...label,
		bottomLabel(title, frame, 36),
		...(first ? [leftLabel("time (s)", frame, LEFT - 16)] : []),
	];
}

/** Ticks at the measured sizes, with a label at every second, third … where there are many. */
function ticksAt(sizes: readonly number[]): Ticks {
	const every = Math.ceil(sizes.length / MOST_LABELS);
	const at = sizes.filter((_, i) => i % every === 0);
	return { at, labels: at.map(String), bare: sizes.filter((_, i) => i % every !== 0) };
}

function timesOf(point: ScalingAxis["points"][number]): number[] {
	return CURVES.map(({ key }) => point[key]);
}

/** The whole decades around numbers. */
function decades(numbers: readonly number[]): [number, number] {
	const exponents = numbers.map(Math.log10);
	return [10 ** Math.floor(Math.min(...exponents)), 10 ** Math.ceil(Math.max(...exponents))];
}
