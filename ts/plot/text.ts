import { type Attributes, element, SvgNode } from "./svgNode.js";

/** Helvetica first, as journals do; what stands in for it has the same widths on most machines. */
export const FONT_FAMILY = "Helvetica, Arial, Arimo, 'Liberation Sans', sans-serif";

/** Sizes of type in px: at 430 px to a journal column of 86 mm, 12 px are 6.8 pt and 14 px are 7.9 pt. */
export const FONT = Object.freeze({ tick: 12, name: 11, legend: 12, label: 14, title: 14 });

/** Advance widths of Helvetica and Arial, characters 32 to 126, in 1/1000 em. */
const WIDTHS = [
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
	556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
	722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
	556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
	260, 334, 584,
];

/** Size of a subscript or superscript relative to its line. */
const SCRIPT = 0.72;

/** A run of text on the line, below or above it. */
interface Run {
	readonly text: string;
	readonly place: "line" | "sub" | "sup";
}

/** Splits `CL_{s}` and `10^{3}` into runs; anything else is text as it stands. */
function runs(markup: string): readonly Run[] {
	const found: Run[] = [];
	let rest = 0;
	for (const match of markup.matchAll(/([_^])\{([^{}]*)\}/g)) {
		if (match.index > rest) found.push({ text: markup.slice(rest, match.index), place: "line" });
		found.push({ text: match[2] ?? "", place: match[1] === "_" ? "sub" : "sup" });
		rest = match.index + match[0].length;
	}
	if (rest < markup.length) found.push({ text: markup.slice(rest), place: "line" });
	return found;
}

/** The text without its markup. */
export function plainText(markup: string): string {
	return runs(markup)
		.map((run) => run.text)
		.join("");
}

/** How much wider than Helvetica the font of a machine without it may be (DejaVu Sans, on bare Linux machines). */
const ALLOWANCE = 1.12;

/** Room for a line in px, `_{}` and `^{}` typeset: its width in Helvetica or Arial, with some allowance. */
export function textWidth(markup: string, fontSize: number): number {
	let width = 0;
	for (const { text, place } of runs(markup)) {
		for (const character of text) {
			width += characterWidth(character.codePointAt(0) ?? 0) * (place === "line" ? 1 : SCRIPT);
		}
	}
	return (ALLOWANCE * width * fontSize) / 1000;
}

function characterWidth(code: number): number {
	const ascii = WIDTHS[code - 32];
	if (ascii !== undefined) return ascii;
	// East Asian and pictorial characters are as wide as high, the ellipsis too; most others are like letters.
	return code >= 0x1100 || code === 0x2026 ? 1000 : 600;
}

/**
 * A text element, `_{}` and `^{}` typeset. Shifts are `dy` in em of the run's own size, which every renderer
 * knows; `baseline-shift` is not one of those.
 */
export function textElement(markup: string, attributes: Attributes): SvgNode {
	return typeset(element("text", attributes, [markup]));
}

/** Typesets every text below a node, in place; returns the node. */
export function typeset(node: SvgNode): SvgNode {
	if (node.tagName !== "text") {
		for (const child of node.children) if (child instanceof SvgNode) typeset(child);
		return node;
	}
	const parts = runs(node.textContent);
	if (parts.every((part) => part.place === "line")) return node;
	node.children.length = 0;
	let shift = 0;
	for (const { text, place } of parts) {
		const target = place === "sub" ? 0.2 : place === "sup" ? -0.38 : 0;
		const size = place === "line" ? 1 : SCRIPT;
		const dy = target - shift === 0 ? undefined : `${Math.round(((target - shift) / size) * 1000) / 1000}em`;
		node.appendChild(element("tspan", { dy, "font-size": size === 1 ? undefined : `${SCRIPT}em` }, [text]));
		shift = target;
	}
	return node;
}

/** A name cut in the middle to fit a width; both ends stay, as they are what tells names apart. */
export function shorten(name: string, fontSize: number, width: number): string {
	if (textWidth(name, fontSize) <= width) return name;
	const characters = [...name];
	for (let keep = characters.length - 1; keep > 2; keep--) {
		const head = Math.ceil(keep / 2);
		const text = `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (keep - head)).join("")}`;
		if (textWidth(text, fontSize) <= width) return text;
	}
	return `${characters[0] ?? ""}…`;
}

/** Breaks a text into lines of at most a width, between words. */
export function wrap(text: string, fontSize: number, width: number): readonly string[] {
	const lines: string[] = [];
	for (const word of text.split(/\s+/).filter((part) => part !== "")) {
		const last = lines.at(-1);
		const longer = last === undefined ? word : `${last} ${word}`;
		if (last !== undefined && textWidth(longer, fontSize) <= width) lines[lines.length - 1] = longer;
		else lines.push(shorten(word, fontSize, width));
	}
	return lines;
}
