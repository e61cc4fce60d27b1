const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";

/** Attribute values as drawing code has them; `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * One SVG element, with as much of the DOM as the plotting library touches.
 *
 * Why not a real DOM: a page has one, Node and workers have none, and one that runs there is larger than the
 * plotting library itself. With this one a figure is the same string everywhere, and drawing it needs nothing.
 */
export class SvgNode {
	readonly namespaceURI = SVG;
	readonly tagName: string;
	readonly attributes = new Map<string, string>();
	readonly children: (SvgNode | string)[] = [];
	parentNode: SvgNode | null = null;

	constructor(tagName: string) {
		this.tagName = tagName;
	}

	get ownerDocument(): typeof svgDocument {
		return svgDocument;
	}

	get style(): { setProperty(name: string, value: string): void } {
		return {
			setProperty: (name, value) => {
				const before = this.getAttribute("style");
				this.setAttribute("style", `${before === null ? "" : `${before};`}${name}:${value}`);
			},
		};
	}

	get textContent(): string {
		return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
	}

	set textContent(text: string) {
		this.children.splice(0, this.children.length, ...(text === "" ? [] : [text]));
	}

	getAttribute(name: string): string | null {
		return this.attributes.get(name) ?? null;
	}

	hasAttribute(name: string): boolean {
		return this.attributes.has(name);
	}

	setAttribute(name: string, value: unknown): void {
		this.attributes.set(name, String(value));
	}

	setAttributeNS(_space: string, name: string, value: unknown): void {
		this.setAttribute(name, value);
	}

	removeAttribute(name: string): void {
		this.attributes.delete(name);
	}

	appendChild(child: SvgNode): SvgNode {
		return this.insertBefore(child, null);
	}

	insertBefore(child: SvgNode, next: SvgNode | null): SvgNode {
		child.parentNode?.removeChild(child);
		const at = next === null ? -1 : this.children.indexOf(next);
		this.children.splice(at < 0 ? this.children.length : at, 0, child);
		child.parentNode = this;
		return child;
	}

	removeChild(child: SvgNode): SvgNode {
		const at = this.children.indexOf(child);
		if (at >= 0) this.children.splice(at, 1);
		child.parentNode = null;
		return child;
	}

	/** The element as XML. */
	toString(): string {
		const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
		if (this.children.length === 0) return `<${this.tagName}${attributes}/>`;
		const content = this.children.map((child) => (typeof child === "string" ? escaped(child) : child.toString()));
		return `<${this.tagName}${attributes}>${content.join("")}</${this.tagName}>`;
	}
}

/** The document that makes {@link SvgNode}s. */
export const svgDocument = {
	get documentElement(): SvgNode {
		return new SvgNode("svg");
	},
	createElementNS(_space: string, name: string): SvgNode {
		return new SvgNode(name);
	},
};

/** A new element; children may be elements, text or nothing. */
export function element(
	tagName: string,
	attributes: Attributes,
	children: readonly (SvgNode | string | undefined)[] = [],
): SvgNode {
	const node = new SvgNode(tagName);
	for (const [name, value] of Object.entries(attributes)) {
		if (value !== undefined) node.setAttribute(name, typeof value === "number" ? short(value) : value);
	}
	for (const child of children) {
		if (typeof child === "string") node.children.push(child);
		else if (child !== undefined) node.appendChild(child);
	}
	return node;
}

/** A coordinate with two decimals at most: more than any screen or printer shows. */
export function short(x: number): string {
	return String(Math.round(x * 100) / 100);
}

/** A standalone SVG needs its namespace; a nested one does not mind it. */
export function standalone(svg: SvgNode): string {
	svg.setAttribute("xmlns", SVG);
	if (svg.toString().includes(" xlink:")) svg.setAttribute("xmlns:xlink", XLINK);
	return svg.toString();
}

function escaped(text: string): string {
	return text
		.replace(NOT_XML, "\ufffd")
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;");
}

/** Characters that XML 1.0 cannot hold, not even escaped; names in a workspace may have them. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
