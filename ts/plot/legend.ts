import type { Block } from "./figure.js";
import { FAINT, INK } from "./palette.js";
import { element, type SvgNode } from "./svgNode.js";
import { FONT, shorten, textElement, textWidth } from "./text.js";

/** Draws the sample of a legend entry into a box of `width` × `height` at (x, y). */
export type Swatch = (x: number, y: number, width: number, height: number) => readonly SvgNode[];

/** A legend entry. */
export interface LegendEntry {
	readonly name: string;
	readonly swatch: Swatch;
}

const SWATCH_WIDTH = 18;
const SWATCH_HEIGHT = 11;
const LINE = 17;
const GAP = 5;
const LONGEST = 190;

/** Entries in reading order, broken into lines between `left` and `right`. */
export function legendBlock(entries: readonly LegendEntry[], left: number, right: number, top: number): Block {
	const nodes: SvgNode[] = [];
	let x = left;
	let line = 0;
	for (const { name, swatch } of entries) {
		const text = shorten(name, FONT.legend, Math.min(LONGEST, right - left - SWATCH_WIDTH - GAP));
		const width = SWATCH_WIDTH + GAP + textWidth(text, FONT.legend);
		if (x > left && x + width > right) {
			x = left;
			line++;
		}
		const y = top + line * LINE;
		nodes.push(...swatch(x, y + 3, SWATCH_WIDTH, SWATCH_HEIGHT));
		const label = textElement(text, { x: x + SWATCH_WIDTH + GAP, y: y + 13, "font-size": FONT.legend });
		if (text !== name) label.appendChild(element("title", {}, [name]));
		nodes.push(label);
		x += width + 12;
	}
	return { nodes: [element("g", { "aria-label": "legend" }, nodes)], height: (line + 1) * LINE + 4 };
}

/** A filled box, with a thin edge for the pale colours. */
export function boxSwatch(fill: string): Swatch {
	return (x, y, width, height) => [element("rect", { x, y, width, height, fill, stroke: FAINT, "stroke-width": 0.6 })];
}

/** A line across, as drawn in the plot. */
export function lineSwatch(stroke: string, dashes?: string, width = 1.5): Swatch {
	return (x, y, w, height) => [
		element("line", {
			x1: x,
			x2: x + w,
			y1: y + height / 2,
			y2: y + height / 2,
			stroke,
			"stroke-width": width,
			"stroke-dasharray": dashes,
		}),
	];
}

/** A dot in the middle. */
export function dotSwatch(radius: number): Swatch {
	return (x, y, width, height) => [element("circle", { cx: x + width / 2, cy: y + height / 2, r: radius, fill: INK })];
}
