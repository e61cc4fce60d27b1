import * as Plot from "@observablehq/plot";
import { OptionError } from "../errors.js";
import type { ProfilePoint, ProfileResult } from "../inference/profile.js";
import type { Region } from "../inference/profileLikelihood.js";
import { above, type CurvePoint, monotoneCurve } from "./curve.js";
import { figure, figureWidth, titleBlock } from "./figure.js";
import { ALERT, FAINT, INK } from "./palette.js";
import {
	bottomAxis,
	bottomLabel,
	drawPanel,
	type Frame,
	leftAxis,
	leftLabel,
	type Marks,
	overhang,
	scaleTicks,
} from "./panel.js";
import { parameterLabel } from "./parameterLabel.js";
import type { SvgNode } from "./svgNode.js";
import { FONT, textElement, textWidth } from "./text.js";

/** How to draw a profile. Labels may hold `_{…}` and `^{…}`. */
export interface ProfilePlotOptions {
	readonly title?: string;
	/** The name of the parameter by default, `mu` as μ. */
	readonly xLabel?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
	/** An interval of the parameter, whose ends are led down to the axis. */
	readonly interval?: Region;
	/** Where the vertical axis ends; at 10, or a little above the highest point, by default. */
	readonly top?: number;
}

/** Rises at which a line is drawn: one, two and three standard deviations of one parameter. */
const LEVELS = [1, 4, 9] as const;
const TOP = 10;
const LEVEL_DASHES = "2 2";
const END_DASHES = "5 3";
/** Room on the right for the names of the levels. */
const LEVEL_ROOM = 26;
const DOT_RADIUS = 1.8;
/** Dots closer than this, in px, hide the curve. */
const DOT_DISTANCE = 12;

/**
 * The profile of −2 ln L in one parameter as an SVG: its rise above the minimum, with lines at 1, 4 and 9, one, two and
 * three standard deviations. The curve passes through every point and is smooth in between.
 *
 * @throws OptionError where there are not two points to draw a curve through, or an option does not fit
 */
export function renderProfile(profile: ProfileResult, options: ProfilePlotOptions = {}): string {
	const points = distinct(profile.points);
	if (points.length < 2) {
		throw new OptionError("no-points", "a profile with fewer than two points cannot be drawn", "points");
	}
	const width = figureWidth(options.width);
	const highest = Math.max(...points.map(({ deltaTwiceNll }) => deltaTwiceNll));
	const top = options.top ?? (highest > 0 ? Math.min(TOP, 1.05 * highest) : 1);
	if (!(top > 0 && Number.isFinite(top))) {
		throw new OptionError("bad-top", `the axis ends at a number above 0, not at ${top}`, "options.top");
	}
	const xScale = { domain: [points[0]!.value, points.at(-1)!.value] as const };
	const yScale = { domain: [0, top] as const };
	const yTicks = scaleTicks(yScale, 230, "y");

	const title = titleBlock(options.title, width);
	const left = Math.ceil(Math.max(...yTicks.labels.map((label) => textWidth(label, FONT.tick))) + 34);
	const xTicks = scaleTicks(xScale, width - left - LEVEL_ROOM);
	const right = width - Math.max(LEVEL_ROOM, Math.ceil(overhang(xTicks)));
	const frame: Frame = {
		left,
		top: title.height + 10,
		width: right - left,
		height: Math.round(Math.min(width * 0.56, 420)),
	};
	const levels = LEVELS.filter((level) => level <= top);
	const panel = drawPanel(frame, xScale, yScale, [
		Plot.ruleY(levels, { stroke: ALERT, strokeWidth: 1, strokeDasharray: LEVEL_DASHES, ariaDescription: "levels" }),
		...endMarks(options.interval, xScale.domain, top, profile),
		...curveMarks(points, profile.bestFit, frame.width, top),
		...bottomAxis(xTicks),
		...leftAxis(yTicks),
	]);
	return figure(width, frame.top + frame.height + 44, `profile of −2 ln L in ${profile.parameter}`, [
		...title.nodes,
		panel,
		...levelLabels(levels, frame, top),
		leftLabel("−2 Δ ln L", frame, left - 14),
		bottomLabel(options.xLabel ?? parameterLabel(profile.parameter, right - 4), frame, 36),
	]);
}

function distinct(points: readonly ProfilePoint[]): readonly ProfilePoint[] {
	const sorted = [...points].sort((a, b) => a.value - b.value);
	return sorted.filter(({ value }, i) => value !== sorted[i - 1]?.value);
}

/** The curve, cut at the top, and its points where they stand apart. */
function curveMarks(points: readonly ProfilePoint[], bestFit: number, width: number, top: number): Marks {
	const [low, high] = [points[0]!.value, points.at(-1)!.value];
	// Around the best fit the root of the rise, with a sign, is nearly a straight line; from a bound on, the rise itself is.
	const around = bestFit > low && bestFit < high;
	const scaled = ({ value, deltaTwiceNll }: ProfilePoint): CurvePoint => ({
		x: value,
		y: around ? Math.sign(value - bestFit) * Math.sqrt(deltaTwiceNll) : deltaTwiceNll,
	});
	const minimum = around && !points.some(({ value }) => value === bestFit) ? [{ x: bestFit, y: 0 }] : [];
	const curve = monotoneCurve([...points.map(scaled), ...minimum].sort((a, b) => a.x - b.x));
	const steps = Math.ceil(width / 3);
	const grid = Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
	const xs = [...new Set([...grid, ...points.map(({ value }) => value), ...minimum.map(({ x }) => x)])];
	const line = xs.sort((a, b) => a - b).map((x) => ({ x, y: -(around ? curve(x) ** 2 : curve(x)) }));
	const pieces = above(line, -top).map((piece) => piece.map(({ x, y }) => [x, -y] as const));
	const apart = ((high - low) * DOT_DISTANCE) / width;
	const crowded = points.some(({ value }, i) => i > 0 && value - points[i - 1]!.value < apart);
	return [
		...pieces.map((piece) => Plot.line(piece, { stroke: INK, strokeWidth: 1.5, ariaDescription: "profile" })),
		Plot.dot(crowded ? [] : points.filter(({ deltaTwiceNll }) => deltaTwiceNll <= top), {
			x: "value",
			y: "deltaTwiceNll",
			r: DOT_RADIUS,
			fill: INK,
			ariaDescription: "points",
		}),
	];
}

/** Lines down from the curve at the ends of the interval, and at the best fit. */
function endMarks(
	interval: Region | undefined,
	[low, high]: readonly [number, number],
	top: number,
	{ bestFit }: ProfileResult,
): Marks {
	const shown = (values: readonly number[]) => values.filter((value) => value >= low && value <= high);
	const vertical = { y1: 0, y2: top, strokeWidth: 0.8 };
	return [
		Plot.ruleX(shown([bestFit]), { ...vertical, stroke: FAINT, ariaDescription: "best fit" }),
		Plot.ruleX(interval === undefined ? [] : shown([interval.lower, interval.upper]), {
			...vertical,
			stroke: INK,
			strokeDasharray: END_DASHES,
			ariaDescription: "interval",
		}),
	];
}

/** `1σ`, `2σ`, `3σ` to the right of their lines. */
function levelLabels(levels: readonly number[], frame: Frame, top: number): readonly SvgNode[] {
	return levels.map((level) =>
		textElement(`${Math.sqrt(level)}σ`, {
			x: frame.left + frame.width + 4,
			y: frame.top + frame.height * (1 - level / top) + 4,
			"font-size": FONT.name,
			fill: ALERT,
		}),
	);
}
