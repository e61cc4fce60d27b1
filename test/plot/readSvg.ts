import { DOMParser } from "linkedom";
import { expect } from "vitest";
import { textWidth } from "../../ts/plot/text.js";

/** A rectangle on the page, in px. */
export interface Bounds {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** A line of text and the room it takes. */
export interface TextBounds extends Bounds {
	readonly text: string;
}

/** A parsed figure. */
export class Figure {
	readonly root: Element;

	constructor(svg: string) {
		const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
		if (root === null) throw new Error("no element");
		this.root = root as unknown as Element;
	}

	all(selector: string): Element[] {
		return [...this.root.querySelectorAll(selector)];
	}

	/** Groups that a mark with this description made. */
	marks(description: string): Element[] {
		return this.all(`[aria-description="${description}"]`);
	}

	/** Elements of one kind inside the marks with this description. */
	shapes(description: string, tag: string): Element[] {
		return this.marks(description).flatMap((mark) => [...mark.querySelectorAll(tag)]);
	}

	/** Plotting areas, in document order. */
	get frames(): Bounds[] {
		return this.all('[aria-label="frame"]').map((frame) => {
			const { x, y, width, height } = numbers(frame, "x", "y", "width", "height");
			return { left: x!, right: x! + width!, top: y!, bottom: y! + height! };
		});
	}

	get texts(): string[] {
		return this.all("text").map(lineText);
	}

	/** Every text with an estimate of its room: a capital's height and a descender, whole widths. */
	get textBounds(): TextBounds[] {
		return this.all("text").map((text) => {
			let [x, y, turned] = [0, 0, false];
			for (let node: Element | null = text; node !== null; node = node.parentElement) {
				const transform = node.getAttribute("transform") ?? "";
				const [, dx = "0", dy = "0"] = transform.match(/translate\(([-\d.]+),([-\d.]+)\)/) ?? [];
				x += Number(dx);
				y += Number(dy);
				turned ||= transform.includes("rotate(-90)");
			}
			const size = Number(inherited(text, "font-size"));
			const own = { x: length(text.getAttribute("x"), size), y: length(text.getAttribute("y"), size) };
			const width = textWidth(markup(text), size);
			const start = { start: 0, middle: -width / 2, end: -width }[inherited(text, "text-anchor") ?? "start"] ?? 0;
			const along = [own.x + start, own.x + start + width] as const;
			const across = [own.y - 0.72 * size, own.y + 0.22 * size] as const;
			const box = turned
				? { left: x + across[0], right: x + across[1], top: y - along[1], bottom: y - along[0] }
				: { left: x + along[0], right: x + along[1], top: y + across[0], bottom: y + across[1] };
			return { text: lineText(text), ...box };
		});
	}
}

/** Numeric attributes. */
export function numbers<Name extends string>(element: Element, ...names: readonly Name[]): Record<Name, number> {
	return Object.fromEntries(names.map((name) => [name, Number(element.getAttribute(name))])) as Record<Name, number>;
}

/** The corners of a path of straight lines. */
export function corners(path: Element): (readonly [number, number])[] {
	return cornersOf(path.getAttribute("d") ?? "");
}

function cornersOf(d: string): (readonly [number, number])[] {
	return [...d.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

/** One bin of a step area: from its base to its edge, in px. */
export interface Step {
	readonly left: number;
	readonly right: number;
	readonly base: number;
	readonly edge: number;
}

/** The bins of an area that is flat in each. */
export function steps(path: Element): Step[] {
	const areas = (path.getAttribute("d") ?? "").split("Z").map(cornersOf);
	return areas.flatMap((area) => {
		const edges = area.slice(0, area.length / 2);
		const bases = area.slice(area.length / 2).reverse();
		return edges.flatMap(([left, edge], i) => {
			if (i % 2 === 1) return [];
			const [right, sameEdge] = edges[i + 1]!;
			expect([sameEdge, bases[i], bases[i + 1]]).toEqual([edge, [left, bases[0]![1]], [right, bases[0]![1]]]);
			return [{ left, right, base: bases[i]![1], edge }];
		});
	});
}

/** Pairs of texts that lie on one another. */
export function overlaps(texts: readonly TextBounds[]): string[] {
	return texts.flatMap((a, i) =>
		texts
			.slice(0, i)
			.filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
			.map((b) => `${b.text} | ${a.text}`),
	);
}

/** A text without its tooltip. */
function lineText(text: Element): string {
	return [...text.childNodes].map((node) => (node.nodeName === "title" ? "" : (node.textContent ?? ""))).join("");
}

/** A text with its subscripts as they were written. */
function markup(text: Element): string {
	return [...text.childNodes]
		.map((node) => {
			if (node.nodeName === "title") return "";
			const small = node.nodeName === "tspan" && (node as Element).getAttribute("font-size") !== null;
			return small ? `_{${node.textContent}}` : (node.textContent ?? "");
		})
		.join("");
}

function inherited(element: Element, name: string): string | null {
	for (let node: Element | null = element; node !== null; node = node.parentElement) {
		const value = node.getAttribute(name);
		if (value !== null) return value;
	}
	return null;
}

function length(value: string | null, fontSize: number): number {
	if (value === null) return 0;
	return value.endsWith("em") ? Number(value.slice(0, -2)) * fontSize : Number(value);
}
