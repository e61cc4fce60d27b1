import * as Plot from "@observablehq/plot";
import { OptionError } from "../errors.js";
import type { HypotestResult } from "../inference/hypotest.js";
import type { ScanResult } from "../inference/scan.js";
import type { LimitStatus, UpperLimitResult } from "../inference/upperLimit.js";
import { formatNumber } from "../report/rounding.js";
import { boxMarks, type CurveFrame, curveMarks, DOT_RADIUS, dottedPoints, EXPECTED_DASHES } from "./clsCurves.js";
import { figure, figureWidth, titleBlock } from "./figure.js";
import { boxSwatch, dotSwatch, type LegendEntry, legendBlock, lineSwatch } from "./legend.js";
import { ALERT, INK, ONE_SIGMA_COLOUR, TWO_SIGMA_COLOUR } from "./palette.js";
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
import { element, type SvgNode } from "./svgNode.js";
import { FONT, textElement, textWidth } from "./text.js";
import { minus, numberLabel } from "./ticks.js";

/** How to draw a Brazil band. Labels may hold `_{…}` and `^{…}`. */
export interface BrazilBandOptions {
	readonly title?: string;
	/** The name of the parameter of interest by default, `mu` as μ. */
	readonly xLabel?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
	/** CLs on a logarithmic axis that ends two decades below the level; linear from 0 to 1 by default. */
	readonly logY?: boolean;
	/** The level line of a scan; 0.05 by default. A limit has its own. */
	readonly level?: number;
}

const LEVEL_DASHES = "2 2";

/**
 * CLs against the parameter of interest as an SVG: observed and expected median, the ±1σ and ±2σ bands, the
 * level. A limit is marked by its observed and median expected value; where there is none, the figure says on
 * which side of the range it lies.
 *
 * Curves pass through every tested point and are monotone cubics in between; the observed one has its corner at the
 * best fit (`muHat`), tested or not. Tested points are marked where they stand apart. A limit by root finding tests
 * points far beyond; the figure ends a little above the largest limit.
 *
 * @throws OptionError where there is no point to draw or an option does not fit
 */
export function renderBrazilBand(record: ScanResult | UpperLimitResult, options: BrazilBandOptions = {}): string {
	const limit = "scan" in record ? record : undefined;
	const scan = "scan" in record ? record.scan : record;
	const level = levelOf(limit, options);
	const points = distinct(scan.points);
	if (points.length === 0) throw new OptionError("no-points", "a scan without points cannot be drawn", "points");

	const width = figureWidth(options.width);
	const log = options.logY ?? false;
	const range = xRange(points, limit);
	const floor = log ? logFloor(points, level) : 0;
	const yScale = { domain: [floor, 1] as const, log };
	const yTicks = scaleTicks(yScale, 230, "y");

	const title = titleBlock(options.title, width);
	const yWidth = Math.max(...yTicks.labels.map((label) => textWidth(label, FONT.tick)));
	const left = Math.ceil(yWidth + 34);
	const xScale = { domain: range };
	const xTicks = scaleTicks(xScale, width - left - 14);
	const right = width - Math.max(14, Math.ceil(overhang(xTicks)));
	const curves: CurveFrame = { range, floor, width: right - left };
	const dotted = points.length === 1 || dottedPoints(points, curves).length > 0;
	const legend = legendBlock(legendEntries(level, scan.testStatistic, dotted), 8, width - 4, title.height + 4);
	const top = title.height + legend.height + (limit === undefined ? 8 : 34);
	const frame: Frame = { left, top, width: curves.width, height: Math.round(Math.min(width * 0.56, 420)) };

	const marks: Marks = [
		...(points.length === 1 ? boxMarks(points[0]!, curves) : curveMarks(points, curves)),
		Plot.ruleY(level >= floor ? [level] : [], {
			stroke: ALERT,
			strokeWidth: 1.2,
			strokeDasharray: LEVEL_DASHES,
			ariaDescription: "level",
		}),
		...limitLines(limit, range),
		...bottomAxis(xTicks),
		...leftAxis(yTicks),
	];
	const height = frame.top + frame.height + 44;
	return figure(width, height, `${statisticName(scan.testStatistic)} against ${scan.poi}`, [
		...title.nodes,
		...legend.nodes,
		drawPanel(frame, xScale, yScale, marks),
		...(limit === undefined ? [] : limitLabels(limit, range, frame)),
		leftLabel(statisticName(scan.testStatistic), frame, left - 14),
		bottomLabel(options.xLabel ?? (scan.poi === "mu" ? "μ" : scan.poi), frame, 36),
	]);
}

function levelOf(limit: UpperLimitResult | undefined, options: BrazilBandOptions): number {
	if (limit !== undefined && options.level !== undefined && options.level !== limit.level) {
		throw new OptionError("level-differs", `the limit was set at ${limit.level}, leave this out`, "options.level");
	}
	const level = limit?.level ?? options.level ?? 0.05;
	if (!(level > 0 && level < 1)) {
		throw new OptionError("bad-level", `a level lies between 0 and 1, not at ${level}`, "options.level");
	}
	return level;
}

/** For a discovery test, the record's `cls` is the p-value of the background. */
function statisticName(testStatistic: ScanResult["testStatistic"]): string {
	return testStatistic === "q0" ? "p_{0}" : "CL_{s}";
}

/** One point per value of the parameter, ascending. */
function distinct(points: readonly HypotestResult[]): readonly HypotestResult[] {
	const sorted = [...points].sort((a, b) => a.mu - b.mu);
	return sorted.filter((point, i) => point.mu !== sorted[i - 1]?.mu);
}

function xRange(points: readonly HypotestResult[], limit: UpperLimitResult | undefined): readonly [number, number] {
	const low = points[0]!.mu;
	const high = points.at(-1)!.mu;
	if (points.length === 1) {
		const half = Math.abs(low) / 2 || 1;
		return [low - half, low + half];
	}
	if (limit?.method !== "root") return [low, high];
	const limits = [limit.observed, ...limit.expected].filter((value) => value !== undefined);
	const reach = Math.max(...limits, low);
	return reach > low ? [low, Math.min(high, low + 1.15 * (reach - low))] : [low, high];
}

/** A decade below everything that matters: two below the level at most. */
function logFloor(points: readonly HypotestResult[], level: number): number {
	const smallest = Math.min(level, ...points.flatMap((point) => [point.cls, point.expected[0]]));
	return Number(`1e${Math.floor(Math.log10(Math.max(smallest, level / 100) * 0.999))}`);
}

function legendEntries(
	level: number,
	testStatistic: ScanResult["testStatistic"],
	dotted: boolean,
): readonly LegendEntry[] {
	const line = lineSwatch(INK);
	const dot = dotSwatch(DOT_RADIUS);
	return [
		{ name: "observed", swatch: dotted ? (...box) => [...line(...box), ...dot(...box)] : line },
		{ name: "expected", swatch: lineSwatch(INK, EXPECTED_DASHES) },
		{ name: "±1σ", swatch: boxSwatch(ONE_SIGMA_COLOUR) },
		{ name: "±2σ", swatch: boxSwatch(TWO_SIGMA_COLOUR) },
		{
			name: `${statisticName(testStatistic)} = ${minus(formatNumber(level))}`,
			swatch: lineSwatch(ALERT, LEVEL_DASHES, 1.2),
		},
	];
}

/** A limit to be marked: its value and the dashes of its line. */
interface Marked {
	readonly name: string;
	readonly value: number | undefined;
	readonly status: LimitStatus;
	readonly dashes: string | undefined;
}

function markedLimits(limit: UpperLimitResult): readonly Marked[] {
	return [
		{ name: "observed", value: limit.observed, status: limit.status.observed, dashes: undefined },
		{ name: "expected", value: limit.expected[2], status: limit.status.expected[2], dashes: EXPECTED_DASHES },
	];
}

function isShown(value: number | undefined, [low, high]: readonly [number, number]): value is number {
	return value !== undefined && value >= low && value <= high;
}

function limitLines(limit: UpperLimitResult | undefined, range: readonly [number, number]): Marks {
	if (limit === undefined) return [];
	return markedLimits(limit)
		.filter(({ value }) => isShown(value, range))
		.map(({ name, value, dashes }) =>
			Plot.ruleX([value], {
				stroke: INK,
				strokeWidth: 0.8,
				ariaDescription: `${name} limit`,
				...(dashes === undefined ? {} : { strokeDasharray: dashes }),
			}),
		);
}

/** Both limits in words above the frame, apart from each other, each led to its line. */
function limitLabels(limit: UpperLimitResult, range: readonly [number, number], frame: Frame): readonly SvgNode[] {
	const [low, high] = range;
	const labels = markedLimits(limit).map(({ name, value, status, dashes }) => {
		const text =
			value !== undefined
				? `${name} ${numberLabel(value)}`
				: `${name}: ${status === "above-range" ? "above range" : "below range"}`;
		const share = value !== undefined ? (value - low) / (high - low) : status === "above-range" ? 1 : 0;
		const x = frame.left + frame.width * Math.min(1, Math.max(0, share));
		return { text, x, dashes, width: textWidth(text, FONT.tick) + 6, led: isShown(value, range) };
	});
	const [first, second] = labels.sort((a, b) => a.x - b.x) as [(typeof labels)[0], (typeof labels)[0]];
	const [low0, high0] = [4, frame.left + frame.width + 8];
	const gap = 8;
	// Centred on their lines where that fits, else pushed apart evenly, then back into the figure.
	const overlap = Math.max(0, first.x + first.width / 2 + gap - (second.x - second.width / 2));
	let start = Math.max(low0, first.x - first.width / 2 - overlap / 2);
	let secondStart = Math.max(start + first.width + gap, second.x - second.width / 2 + overlap / 2);
	secondStart = Math.min(secondStart, high0 - second.width);
	start = Math.min(start, secondStart - gap - first.width);
	const baseline = frame.top - 12;
	return [first, second].flatMap((label, i) => {
		const center = (i === 0 ? start : secondStart) + label.width / 2;
		const text = textElement(label.text, { x: center, y: baseline, "text-anchor": "middle", "font-size": FONT.tick });
		const leader = element("path", {
			d: `M${center.toFixed(1)},${baseline + 3}L${label.x.toFixed(1)},${frame.top}`,
			fill: "none",
			stroke: INK,
			"stroke-width": 0.8,
			"stroke-dasharray": label.dashes,
		});
		return label.led ? [text, leader] : [text];
	});
}
