import type { RenderFunction } from "@observablehq/plot";
import { INK } from "./palette.js";
import { element, type SvgNode, short } from "./svgNode.js";

/** A rectangle between two corners, in any order. */
export interface Box {
	readonly x1: number;
	readonly x2: number;
	readonly y1: number;
	readonly y2: number;
}

const SPACING = 4;

/**
 * Boxes filled with oblique lines, in px. Drawn as lines and not as a pattern, which would need an id and is
 * lost in some programs that read SVG; lines continue across neighbouring boxes.
 */
export function hatch(boxes: readonly Box[]): SvgNode {
	const path = boxes.map((box) => {
		const [left, right] = [Math.min(box.x1, box.x2), Math.max(box.x1, box.x2)];
		const [top, bottom] = [Math.min(box.y1, box.y2), Math.max(box.y1, box.y2)];
		let lines = "";
		for (let c = Math.ceil((left + top) / SPACING) * SPACING; c < right + bottom; c += SPACING) {
			const [from, to] = [Math.max(left, c - bottom), Math.min(right, c - top)];
			if (to > from) lines += `M${short(from)},${short(c - from)}L${short(to)},${short(c - to)}`;
		}
		return lines;
	});
	return element("path", { d: path.join(""), fill: "none", stroke: INK, "stroke-width": 0.7 });
}

/** {@link hatch} as a mark, with boxes in the units of the axes. */
export function hatchMark(boxes: readonly Box[], description: string): RenderFunction {
	return (_index, scales) => {
		const [x, y] = [scales.x as (value: number) => number, scales.y as (value: number) => number];
		const drawn = hatch(boxes.map((box) => ({ x1: x(box.x1), x2: x(box.x2), y1: y(box.y1), y2: y(box.y2) })));
		drawn.setAttribute("aria-description", description);
		return drawn as unknown as SVGElement;
	};
}
