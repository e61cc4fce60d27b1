import * as Plot from "@observablehq/plot";
import type { ChannelDistribution, Distributions } from "../inference/distributions.js";
import type { Block } from "./figure.js";
import { type Box, hatchMark } from "./hatch.js";
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
	type Scale,
	scaleTicks,
	type Ticks,
} from "./panel.js";
import { binTicks, type PanelPlan } from "./panelPlan.js";
import { poissonInterval } from "./poissonInterval.js";
import { type StackItem, type StackPiece, stackBin } from "./sampleStack.js";
import { element, type SvgNode } from "./svgNode.js";
import { FONT, shorten, textElement, textWidth } from "./text.js";

/** Dashes of the total before the fit, where it is drawn for comparison. */
export const PREFIT_DASHES = "4 2";

/** What a row of panels needs to know besides its channels. */
export interface PanelStyle {
	readonly items: readonly StackItem[];
	readonly log: boolean;
	readonly height: number;
}

/** One bin as it is drawn. */
interface Bin {
	readonly x1: number;
	readonly x2: number;
	readonly middle: number;
	readonly pieces: readonly StackPiece[];
	readonly total: number;
	readonly uncertainty: number;
	readonly observed: number;
	readonly interval: readonly [number, number];
	/** The total of the first column, where this is not it. */
	readonly before: number | undefined;
}

const RATIO_HEIGHT = 66;
const RATIO_GAP = 7;
const HEADING = 18;

/** The same channels once for each of the distributions, side by side on common axes, data over model below each. */
export function distributionPanels(
	plan: PanelPlan,
	columns: readonly Distributions[],
	style: PanelStyle,
	{ left: cellLeft, top, width }: Omit<Frame, "height">,
): Block {
	const drawn = columns.map((column, i) => bins(plan, column, i === 0 ? undefined : columns[0], style.items));
	const all = drawn.flat();
	const y = style.log ? logScale(all) : linearScale(all);
	const yTicks = scaleTicks(y, style.height, "y");
	const { scale: ratio, ticks: ratioTicks } = ratioAxis(all);
	const labels = [...yTicks.labels, ...ratioTicks.labels].map((label) => textWidth(label, FONT.tick));
	const left = Math.ceil(Math.max(...labels) + 34);

	const edges = plan.channels.flatMap((channel) => channel.edges);
	const x: Scale = { domain: [Math.min(...edges), Math.max(...edges)] };
	const space = width - left;
	// Values at the ends of an axis reach beyond it; numbers and names of bins do not.
	const valueTicks = scaleTicks(x, (space - 10) / columns.length);
	const right = plan.numeric ? Math.max(10, overhang(valueTicks)) : 10;
	const gap = plan.numeric ? right + overhang(valueTicks, "first") + 4 : 10;
	const frameWidth = (space - right - gap * (columns.length - 1)) / columns.length;
	const xTicks = plan.numeric
		? { ...scaleTicks(x, frameWidth), rotate: 0 as const, fontSize: FONT.tick, height: FONT.tick }
		: binTicks(plan, frameWidth);

	const nodes: SvgNode[] = [];
	drawn.forEach((column, i) => {
		const frame: Frame = {
			left: cellLeft + left + i * (frameWidth + gap),
			top: top + HEADING,
			width: frameWidth,
			height: style.height,
		};
		const below: Frame = { ...frame, top: frame.top + frame.height + RATIO_GAP, height: RATIO_HEIGHT };
		nodes.push(
			...heading(i === 0 ? plan : undefined, columns[i]!.kind, frame),
			drawPanel(frame, x, y, [
				...countMarks(column, y, style, frameWidth),
				...separators(plan, y),
				...leftAxis(yTicks, i === 0),
			]),
			drawPanel(below, x, ratio, [
				...ratioMarks(column, ratio, frameWidth),
				...separators(plan, ratio),
				...bottomAxis(xTicks, xTicks.rotate, xTicks.fontSize),
				...leftAxis(ratioTicks, i === 0),
			]),
		);
		if (i === 0)
			nodes.push(leftLabel("events", frame, left - 13), leftLabel("data / model", below, left - 13, FONT.tick));
		if (plan.xLabel !== undefined) nodes.push(bottomLabel(plan.xLabel, below, 34));
	});
	const height =
		HEADING + style.height + RATIO_GAP + RATIO_HEIGHT + 12 + xTicks.height + (plan.xLabel === undefined ? 0 : 16);
	return { nodes, height: height + 6 };
}

function bins(
	plan: PanelPlan,
	column: Distributions,
	first: Distributions | undefined,
	items: readonly StackItem[],
): readonly Bin[] {
	const find = (from: Distributions, name: string): ChannelDistribution =>
		from.channels.find((channel) => channel.name === name)!;
	return plan.channels.flatMap(({ name, edges }) => {
		const channel = find(column, name);
		const before = first === undefined ? undefined : find(first, name);
		return Array.from(channel.total, (total, i): Bin => {
			const [x1, x2] = [edges[i]!, edges[i + 1]!];
			const observed = channel.observed[i]!;
			return {
				x1,
				x2,
				middle: (x1 + x2) / 2,
				pieces: stackBin(items, channel, i),
				total,
				uncertainty: channel.uncertainty[i]!,
				observed,
				interval: poissonInterval(observed),
				before: before?.total[i],
			};
		});
	});
}

/** The highest thing to show; uncertainties of several times the total would leave no room for the rest. */
function highest(all: readonly Bin[]): number {
	const high = Math.max(
		...all.map((bin) => Math.max(bin.total, bin.before ?? 0, bin.interval[1], ...bin.pieces.map((p) => p.high))),
	);
	return Math.max(high, Math.min(3 * high, Math.max(...all.map((bin) => bin.total + bin.uncertainty))));
}

/** From zero, or below where samples are negative. */
function linearScale(all: readonly Bin[]): Scale {
	const low = Math.min(0, ...all.flatMap((bin) => bin.pieces.map((piece) => piece.low)));
	const high = highest(all);
	return { domain: [low - (low < 0 ? 0.05 * (high - low) : 0), high + 0.07 * (high - low)] };
}

/** From well below the smallest total or count, so that small samples show, over ten decades at most. */
function logScale(all: readonly Bin[]): Scale {
	const high = highest(all) * 2;
	const positive = all.flatMap((bin) => [bin.total, bin.observed]).filter((value) => value > 0);
	const low = Math.max(Math.min(...positive, high / 2), high * 1e-11);
	return { domain: [Number(`1e${Math.floor(Math.log10(low * 0.15))}`), high], log: true };
}

/** A ratio axis and its ticks, which stay clear of the panel above. */
const RATIO_AXES = [
	{ domain: [0.76, 1.24], ticks: [0.8, 1, 1.2] },
	{ domain: [0.4, 1.6], ticks: [0.5, 1, 1.5] },
	{ domain: [0, 2.3], ticks: [0, 1, 2] },
	{ domain: [0, 3.4], ticks: [0, 1, 2, 3] },
	{ domain: [0, 5.6], ticks: [0, 2, 4] },
] as const;

/**
 * The narrowest ratio axis that holds points, their errors and the bands; where errors are longer than the third,
 * the narrowest that holds points and bands; else the widest.
 */
function ratioAxis(all: readonly Bin[]): { readonly scale: Scale; readonly ticks: Ticks } {
	const usable = all.filter(({ total }) => total > 0);
	const inner = usable.flatMap(({ observed, uncertainty, before, total }) =>
		[observed, total - uncertainty, total + uncertainty, before ?? total].map((value) => Math.max(value, 0) / total),
	);
	const errors = usable.flatMap(({ interval, total }) => interval.map((value) => value / total));
	const holding = (values: readonly number[]) =>
		RATIO_AXES.find(({ domain: [low, high] }) => values.every((value) => value >= low && value <= high));
	const narrow = holding([...inner, ...errors]);
	const axis = narrow !== undefined && RATIO_AXES.indexOf(narrow) <= 2 ? narrow : (holding(inner) ?? RATIO_AXES[4]);
	return { scale: { domain: axis.domain }, ticks: { at: axis.ticks, labels: axis.ticks.map(String), bare: [] } };
}

/** A value moved to the nearest end of a scale. */
function within({ domain: [low, high] }: Scale, value: number): number {
	return Math.min(high, Math.max(low, value));
}

function heading(plan: PanelPlan | undefined, kind: Distributions["kind"], frame: Frame): readonly SvgNode[] {
	const y = frame.top - 5;
	const when = kind === "prefit" ? "pre-fit" : "post-fit";
	const right = textElement(when, { x: frame.left + frame.width, y, "text-anchor": "end" });
	const name = plan?.shared === false ? plan.channels[0]?.name : undefined;
	if (name === undefined) return [right];
	const text = shorten(name, FONT.tick, frame.width - textWidth(when, FONT.tick) - 10);
	const left = textElement(text, { x: frame.left, y });
	if (text !== name) left.appendChild(element("title", {}, [name]));
	return [left, right];
}

/** Lines between channels that share a panel, where one has more than one bin. */
function separators(plan: PanelPlan, y: Scale): Marks {
	if (plan.channels.every(({ edges }) => edges.length === 2)) return [];
	const at = plan.channels.slice(1).map(({ edges }) => edges[0]!);
	return [Plot.ruleX(at, { y1: y.domain[0], y2: y.domain[1], stroke: FAINT, strokeDasharray: "1 2" })];
}

function countMarks(column: readonly Bin[], y: Scale, style: PanelStyle, width: number): Marks {
	const clip = (value: number) => within(y, value);
	// The top of the stack first, each from zero: a shape that shares its edges with others instead of covering them
	// lets the white below shine through between the two.
	const stack = [...style.items].reverse().map((item) => stepArea(column, item, clip));
	const band: Box[] = column
		.filter(({ uncertainty }) => uncertainty > 0)
		.map(({ x1, x2, total, uncertainty }) => ({
			x1,
			x2,
			y1: clip(total - uncertainty),
			y2: clip(total + uncertainty),
		}));
	return [
		...stack,
		hatchMark(band, "total uncertainty"),
		stepLine(column, (bin) => clip(bin.total), { stroke: INK, strokeWidth: 1, ariaDescription: "total" }),
		...beforeLine(column, (bin) => clip(bin.before!)),
		...dataMarks(
			column,
			y,
			(bin) => bin.observed,
			(bin) => bin.interval,
			width,
		),
	];
}

function ratioMarks(column: readonly Bin[], ratio: Scale, width: number): Marks {
	// Without a rate there is no ratio.
	const usable = column.filter(({ total }) => total > 0);
	const clip = (value: number) => within(ratio, value);
	const band: Box[] = usable
		.filter(({ uncertainty }) => uncertainty > 0)
		.map(({ x1, x2, total, uncertainty }) => ({
			x1,
			x2,
			y1: clip(1 - uncertainty / total),
			y2: clip(1 + uncertainty / total),
		}));
	const points = (bin: Bin) => bin.observed / bin.total;
	const outside = usable.filter((bin) => points(bin) > ratio.domain[1]);
	return [
		hatchMark(band, "relative uncertainty"),
		Plot.ruleY([1], { stroke: INK, strokeWidth: 0.8 }),
		...beforeLine(usable, (bin) => clip(bin.before! / bin.total)),
		...dataMarks(usable, ratio, points, ({ interval, total }) => [interval[0] / total, interval[1] / total], width),
		Plot.dot(outside, {
			x: "middle",
			y: ratio.domain[1],
			symbol: "triangle",
			r: 3.5,
			dy: 4,
			fill: ALERT,
			ariaDescription: "above the axis",
		}),
	];
}

/** One sample's steps from zero, or the end of the axis, to the far side of its pieces; none where it has no piece. */
function stepArea(column: readonly Bin[], item: StackItem, clip: (value: number) => number) {
	const steps = column.map(({ x1, x2, pieces }) => {
		const piece = pieces.find((each) => each.item === item && clip(each.high) > clip(each.low));
		if (piece === undefined) return { x1, x2, y: Number.NaN };
		return { x1, x2, y: clip(piece.low < 0 ? piece.low : piece.high) };
	});
	const corners = steps.flatMap(({ x1, x2, y }, i) => {
		const apart = i > 0 && steps[i - 1]!.x2 !== x1;
		return [...(apart ? [{ x: x1, y: Number.NaN }] : []), { x: x1, y }, { x: x2, y }];
	});
	return Plot.areaY(corners, { x: "x", y1: clip(0), y2: "y", fill: item.colour, ariaDescription: item.name });
}

type LineStyle = { stroke: string; strokeWidth: number; strokeDasharray?: string; ariaDescription: string };

/** A line that is flat in each bin and broken where bins are not neighbours. */
function stepLine(column: readonly Bin[], value: (bin: Bin) => number, style: LineStyle) {
	const points = column.flatMap((bin, i) => {
		const y = value(bin);
		const step = [
			[bin.x1, y],
			[bin.x2, y],
		];
		return i > 0 && column[i - 1]!.x2 !== bin.x1 ? [[bin.x1, Number.NaN], ...step] : step;
	});
	return Plot.line(points, { ...style, strokeLinejoin: "miter", strokeLinecap: "butt" });
}

function beforeLine(column: readonly Bin[], value: (bin: Bin) => number): Marks {
	if (column.length === 0 || column[0]!.before === undefined) return [];
	return [
		stepLine(column, value, { stroke: "#fff", strokeWidth: 2.4, ariaDescription: "halo" }),
		stepLine(column, value, {
			stroke: ALERT,
			strokeWidth: 1.3,
			strokeDasharray: PREFIT_DASHES,
			ariaDescription: "total before the fit",
		}),
	];
}

/** Points with error bars, black on a light rim so that they show on any colour; nothing outside the axis. */
function dataMarks(
	column: readonly Bin[],
	y: Scale,
	value: (bin: Bin) => number,
	interval: (bin: Bin) => readonly [number, number],
	width: number,
): Marks {
	const [low, high] = y.domain;
	const bars = column
		.map((bin) => ({ x: bin.middle, y1: within(y, interval(bin)[0]), y2: within(y, interval(bin)[1]) }))
		.filter(({ y1, y2 }) => y2 > y1);
	const points = column.map((bin) => ({ x: bin.middle, y: value(bin) })).filter(({ y }) => y >= low && y <= high);
	const radius = Math.min(2.4, Math.max(1.2, width / column.length / 4));
	const bar = { x: "x", y1: "y1", y2: "y2" };
	return [
		Plot.ruleX(bars, { ...bar, stroke: "#fff", strokeWidth: 2.8, strokeOpacity: 0.5, ariaDescription: "halo" }),
		Plot.dot(points, { x: "x", y: "y", r: radius + 0.9, fill: "#fff", fillOpacity: 0.7, ariaDescription: "halo" }),
		Plot.ruleX(bars, { ...bar, stroke: INK, strokeWidth: 1.4, ariaDescription: "data errors" }),
		Plot.dot(points, { x: "x", y: "y", r: radius, fill: INK, ariaDescription: "data" }),
	];
}
