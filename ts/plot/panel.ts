import * as Plot from "@observablehq/plot";
import { element, SvgNode, short, svgDocument } from "./svgNode.js";
import { FONT, textElement, textWidth, typeset } from "./text.js";
import { decadeLabel, linearTicks, logTicks, tickLabels } from "./ticks.js";

/** Where the plotting area of a panel lies in the figure, in px. */
export interface Frame {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** A position scale. */
export interface Scale {
	readonly domain: readonly [number, number];
	readonly log?: boolean;
}

/** Positions and labels of an axis' ticks. */
export interface Ticks {
	readonly at: readonly number[];
	readonly labels: readonly string[];
	/** Ticks without a label. */
	readonly bare: readonly number[];
}

/** Marks of one panel, from back to front. */
export type Marks = readonly Plot.Markish[];

/** As many labelled ticks as fit along a length in px: labels side by side on x, above each other on y. */
export function scaleTicks(scale: Scale, length: number, axis: "x" | "y" = "x"): Ticks {
	for (let most = Math.max(2, Math.floor(length / (scale.log ? 22 : 28))); ; most--) {
		const ticks = scale.log ? decadeTicks(scale, most) : plainTicks(scale, most);
		const first = ticks.at.map((tick) => position(scale, tick) * length);
		const room = Math.min(...first.slice(1).map((x, i) => x - first[i]!));
		if (axis === "y" || most <= 2 || room >= Math.max(...ticks.labels.map(labelWidth)) + 12) return ticks;
	}
}

/** How far the first or last label of a bottom axis reaches beyond its tick. */
export function overhang({ labels }: Ticks, end: "first" | "last" = "last"): number {
	return labelWidth((end === "first" ? labels[0] : labels.at(-1)) ?? "") / 2 + 2;
}

function labelWidth(label: string): number {
	return textWidth(label, FONT.tick);
}

/** Where a value lies on its scale, from 0 to 1. */
function position({ domain: [low, high], log }: Scale, value: number): number {
	return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

function decadeTicks({ domain }: Scale, most: number): Ticks {
	const { labelled, bare } = logTicks(...domain, most);
	return { at: labelled, labels: labelled.map(decadeLabel), bare };
}

function plainTicks({ domain }: Scale, most: number): Ticks {
	const at = linearTicks(...domain, most);
	return { at, labels: tickLabels(at), bare: [] };
}

/** The axis below a panel. */
export function bottomAxis(ticks: Ticks, tickRotate = 0, fontSize: number = FONT.tick): Marks {
	return [
		Plot.axisX([...ticks.bare], { ...BARE, tickSize: 3, anchor: "bottom" }),
		Plot.axisX([...ticks.at], {
			...labelled(ticks),
			tickSize: 5,
			tickRotate,
			fontSize,
			anchor: "bottom",
			ariaLabel: "x axis",
		}),
	];
}

/** The axis left of a panel; without labels where a neighbour has them. */
export function leftAxis(ticks: Ticks, withLabels = true): Marks {
	const labels = withLabels ? labelled(ticks) : BARE;
	return [
		Plot.axisY([...ticks.bare], { ...BARE, tickSize: 3, anchor: "left" }),
		Plot.axisY([...ticks.at], { ...labels, tickSize: 5, anchor: "left", ariaLabel: "y axis" }),
	];
}

const BARE = { label: null, fill: "none" } as const;

// Labels as `text`: of a `tickFormat`, a logarithmic axis would drop some.
function labelled(ticks: Ticks) {
	const text = (_: unknown, i: number) => ticks.labels[i] ?? "";
	return { label: null, text, fontSize: FONT.tick, fontVariant: "normal" } as const;
}

/** Draws marks into a frame. Data must lie inside the domains: nothing is clipped, so that no id is needed. */
export function drawPanel(frame: Frame, x: Scale, y: Scale, marks: Marks): SvgNode {
	const drawn = Plot.plot({
		document: svgDocument as unknown as Document,
		width: frame.left + frame.width,
		height: frame.top + frame.height,
		marginLeft: frame.left,
		marginTop: frame.top,
		marginRight: 0,
		marginBottom: 0,
		x: { type: x.log ? "log" : "linear", domain: [...x.domain], axis: null },
		y: { type: y.log ? "log" : "linear", domain: [...y.domain], axis: null },
		marks: [...marks, Plot.frame({ stroke: "currentColor" })],
	}) as unknown as SvgNode;
	const group = element("g", { "text-anchor": "middle", fill: "currentColor" });
	for (const child of [...drawn.children]) {
		if (child instanceof SvgNode && child.tagName !== "style") group.appendChild(roundCoordinates(child));
	}
	return typeset(group);
}

/** The title of a left axis: turned, centred on its frame, so far from it. */
export function leftLabel(text: string, frame: Frame, distance: number, fontSize: number = FONT.label): SvgNode {
	const [x, y] = [frame.left - distance, frame.top + frame.height / 2];
	return textElement(text, {
		transform: `translate(${short(x)},${short(y)}) rotate(-90)`,
		"text-anchor": "middle",
		"font-size": fontSize,
	});
}

/** The title of a bottom axis: at its right end, where the axis points to. */
export function bottomLabel(text: string, frame: Frame, distance: number): SvgNode {
	return textElement(text, {
		x: frame.left + frame.width,
		y: frame.top + frame.height + distance,
		"text-anchor": "end",
		"font-size": FONT.label,
	});
}

function roundCoordinates(node: SvgNode): SvgNode {
	for (const [name, value] of node.attributes) {
		if (name === "aria-label") continue;
		node.setAttribute(
			name,
			value.replace(/-?\d+\.\d{3,}(e[-+]?\d+)?/g, (number) => short(Number(number))),
		);
	}
	for (const child of node.children) if (child instanceof SvgNode) roundCoordinates(child);
	return node;
}
