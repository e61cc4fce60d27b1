import * as Plot from "@observablehq/plot";
import { OptionError } from "../errors.js";
import type { ContourPoint, ContourResult } from "../inference/contour.js";
import { percent } from "../report/intervalReport.js";
import { figure, figureWidth, titleBlock } from "./figure.js";
import { type LegendEntry, legendBlock, lineSwatch } from "./legend.js";
import { ALERT, INK } from "./palette.js";
import {
	bottomAxis,
	bottomLabel,
	drawPanel,
	type Frame,
	leftAxis,
	leftLabel,
	overhang,
	type Scale,
	scaleTicks,
} from "./panel.js";
import { parameterLabel } from "./parameterLabel.js";
import { element, type SvgNode } from "./svgNode.js";
import { FONT, textWidth } from "./text.js";

/** How to draw contours. Labels may hold `_{…}` and `^{…}`. */
export interface ContourPlotOptions {
	readonly title?: string;
	/** The name of the first parameter by default, `mu` as μ. */
	readonly xLabel?: string;
	/** The name of the second parameter by default. */
	readonly yLabel?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
}

type Pair = readonly [number, number];

/** How the lines of the contours are dashed, from the innermost outwards. */
const DASHES = [undefined, "6 3", "2 2", "8 2 2 2"] as const;
/** Into how many parts a smooth curve divides the way between two points, and by what factor neighbouring ways may differ. */
const PARTS = 4;
const UNEVEN = 2.5;
const MARGIN = 0.06;
const CROSS = 4;

/**
 * Contours of two parameters as an SVG, for one confidence level or several, with the best fit. A contour that ends at a
 * bound follows it.
 *
 * @param contours of the same two parameters
 * @throws OptionError where there is none to draw, they are of different parameters or reach to infinity
 */
export function renderContours(contours: readonly ContourResult[], options: ContourPlotOptions = {}): string {
	const [first] = contours;
	if (first === undefined || contours.some(({ points }) => points.length === 0)) {
		throw new OptionError("no-points", "a contour without points cannot be drawn", "contours");
	}
	const [x, y] = first.parameters;
	if (contours.some(({ parameters }) => parameters[0] !== x || parameters[1] !== y)) {
		throw new OptionError("parameters-differ", "these contours are not of the same parameters", "contours");
	}
	const sorted = [...contours].sort((a, b) => a.deltaTwiceNll - b.deltaTwiceNll);
	const width = figureWidth(options.width);
	const xScale = scale(sorted, 0);
	const yScale = scale(sorted, 1);
	const height = Math.round(Math.min(width * 0.72, 520));
	const yTicks = scaleTicks(yScale, height, "y");

	const title = titleBlock(options.title, width);
	const legend = legendBlock(legendEntries(sorted), 8, width - 4, title.height + 4);
	const left = Math.ceil(Math.max(...yTicks.labels.map((label) => textWidth(label, FONT.tick))) + 34);
	const xTicks = scaleTicks(xScale, width - left - 14);
	const right = width - Math.max(14, Math.ceil(overhang(xTicks)));
	const frame: Frame = { left, top: title.height + legend.height + 8, width: right - left, height };
	const panel = drawPanel(frame, xScale, yScale, [
		...sorted.map(({ points, confidenceLevel }, i) => {
			const dashes = DASHES[i % DASHES.length];
			return Plot.line(rounded(points, xScale, yScale), {
				stroke: INK,
				strokeWidth: 1.5,
				ariaDescription: percent(confidenceLevel),
				...(dashes === undefined ? {} : { strokeDasharray: dashes }),
			});
		}),
		Plot.dot([first.bestFit], {
			symbol: "times",
			r: CROSS,
			stroke: ALERT,
			strokeWidth: 1.6,
			ariaDescription: "best fit",
		}),
		...bottomAxis(xTicks),
		...leftAxis(yTicks),
	]);
	return figure(width, frame.top + frame.height + 44, `contours of ${x} and ${y}`, [
		...title.nodes,
		...legend.nodes,
		panel,
		leftLabel(options.yLabel ?? parameterLabel(y, height), frame, left - 14),
		bottomLabel(options.xLabel ?? parameterLabel(x, right - 4), frame, 36),
	]);
}

/**
 * The polygon, closed, with a smooth curve (Catmull and Rom's) through those points that lie on the contour and are evenly
 * spaced; straight along a bound and where points jump.
 */
function rounded(points: readonly ContourPoint[], x: Scale, y: Scale): readonly Pair[] {
	const size = ({ domain: [low, high] }: Scale) => high - low;
	const distance = (a: Pair, b: Pair) => Math.hypot((a[0] - b[0]) / size(x), (a[1] - b[1]) / size(y));
	const line = points.flatMap(({ values }, i): readonly Pair[] => {
		const four = [-1, 0, 1, 2].map((k) => points[(i + k + points.length) % points.length]!);
		const [a, b, c, d] = four.map((point) => point.values) as [Pair, Pair, Pair, Pair];
		const lengths = [distance(a, b), distance(b, c), distance(c, d)];
		const even = Math.max(...lengths) < UNEVEN * Math.min(...lengths);
		if (!even || four.some(({ status }) => status !== "found")) return [values];
		const at = (t: number, k: 0 | 1) =>
			b[k] +
			0.5 * t * (c[k] - a[k] + t * (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k] + t * (3 * (b[k] - c[k]) + d[k] - a[k])));
		return Array.from({ length: PARTS }, (_, part) => [at(part / PARTS, 0), at(part / PARTS, 1)] as const);
	});
	return [...line, line[0]!];
}

/** From the lowest to the highest value of a parameter, with a margin. */
function scale(contours: readonly ContourResult[], which: 0 | 1): Scale {
	const values = contours.flatMap(({ points, bestFit }) => [bestFit[which], ...points.map((p) => p.values[which])]);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	if (!Number.isFinite(high - low)) {
		throw new OptionError("not-finite", "a contour that reaches to infinity cannot be drawn", "contours");
	}
	const margin = MARGIN * (high - low) || Math.abs(low) / 2 || 1;
	return { domain: [low - margin, high + margin] };
}

function legendEntries(contours: readonly ContourResult[]): readonly LegendEntry[] {
	return [
		...contours.map(({ confidenceLevel }, i) => ({
			name: percent(confidenceLevel),
			swatch: lineSwatch(INK, DASHES[i % DASHES.length]),
		})),
		{ name: "best fit", swatch: crossSwatch },
	];
}

function crossSwatch(x: number, y: number, width: number, height: number): readonly SvgNode[] {
	const [cx, cy, arm] = [x + width / 2, y + height / 2, CROSS - 0.5];
	const d = `M${cx - arm},${cy - arm}L${cx + arm},${cy + arm}M${cx - arm},${cy + arm}L${cx + arm},${cy - arm}`;
	return [element("path", { d, stroke: ALERT, "stroke-width": 1.6, fill: "none" })];
}
