import { OptionError } from "../errors.js";
import { INK } from "./palette.js";
import { element, type SvgNode, standalone } from "./svgNode.js";
import { FONT, FONT_FAMILY, plainText, textElement, wrap } from "./text.js";

/** A part of a figure with a height of its own, laid out below what came before. */
export interface Block {
	readonly nodes: readonly SvgNode[];
	readonly height: number;
}

/** Width in px where none is asked for: a journal column of 86 mm at 5 px to the mm. */
export const DEFAULT_WIDTH = 430;

/** Checks the width of a figure. */
export function figureWidth(width: number | undefined): number {
	if (width === undefined) return DEFAULT_WIDTH;
	if (!(width >= 240 && width <= 10_000)) {
		throw new OptionError("bad-width", `a figure is 240 to 10000 px wide, not ${width}`, "options.width");
	}
	return width;
}

/** The title, broken into lines; no height where there is none. */
export function titleBlock(title: string | undefined, width: number): Block {
	const lines = title === undefined ? [] : wrap(title, FONT.title, width - 8);
	const nodes = lines.map((line, i) =>
		textElement(line, { x: width / 2, y: 16 + 18 * i, "text-anchor": "middle", "font-size": FONT.title }),
	);
	return { nodes, height: lines.length === 0 ? 0 : 18 * lines.length + 6 };
}

/** A finished figure: a standalone SVG on white, as wide as its container allows. */
export function figure(width: number, height: number, label: string, nodes: readonly SvgNode[]): string {
	const svg = element(
		"svg",
		{
			viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
			width: Math.ceil(width),
			height: Math.ceil(height),
			"font-family": FONT_FAMILY,
			"font-size": FONT.tick,
			fill: INK,
			color: INK,
			role: "img",
			"aria-label": plainText(label),
			style: "max-width:100%;height:auto",
		},
		[element("rect", { width: Math.ceil(width), height: Math.ceil(height), fill: "#fff" }), ...nodes],
	);
	return standalone(svg);
}
