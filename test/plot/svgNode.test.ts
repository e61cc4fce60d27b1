import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { element, SvgNode, standalone, svgDocument } from "../../ts/plot/svgNode.js";

describe("an element", () => {
	test("is written as XML, with what XML cannot hold replaced", () => {
		const node = element("text", { x: 1 / 3, y: undefined, "aria-label": `"a" & <b>` }, [
			"1 < 2 & \u0000\u0007\ud800 \u{1f600}",
		]);
		expect(node.toString()).toBe(
			'<text x="0.33" aria-label="&quot;a&quot; &amp; &lt;b&gt;">1 &lt; 2 &amp; \ufffd\ufffd\ufffd \u{1f600}</text>',
		);
		expect(element("g", {}).toString()).toBe("<g/>");
	});

	test("gets its namespace where it stands alone", () => {
		expect(standalone(element("svg", {}))).toBe('<svg xmlns="http://www.w3.org/2000/svg"/>');
	});

	test("moves a child that already has a parent", () => {
		const [a, b, child] = [element("g", {}), element("g", {}), element("path", {})];
		a.appendChild(child);
		b.appendChild(element("rect", {}));
		b.insertBefore(child, b.children[0] as SvgNode);
		expect(a.children).toEqual([]);
		expect(b.toString()).toBe("<g><path/><rect/></g>");
		expect(child.parentNode).toBe(b);
	});
});

/** An element as its tag, attributes and content, whatever DOM it is of. */
function shape(node: unknown): unknown {
	if (typeof node === "string") return node;
	if (node instanceof SvgNode) {
		return [node.tagName, [...node.attributes].sort(), node.children.map(shape)];
	}
	const dom = node as Element;
	if (dom.nodeType === 3) return dom.textContent;
	const attributes = [...dom.attributes].map(({ name, value }) => [name, value]);
	return [dom.tagName.toLowerCase(), attributes.sort(), [...dom.childNodes].map(shape)];
}

test("the drawing library draws into this document as into a complete one", () => {
	const draw = (document: unknown) =>
		Plot.plot({
			document: document as Document,
			width: 300,
			x: { domain: [0, 3] },
			y: { type: "log", domain: [0.1, 10] },
			marks: [
				Plot.frame(),
				Plot.areaY(
					[
						[0, 1, 2],
						[1, 2, 3],
					],
					{ x: "0", y1: "1", y2: "2", fill: "red", ariaDescription: "a & b" },
				),
				Plot.line(
					[
						[0, 1],
						[1, Number.NaN],
						[2, 3],
					],
					{ strokeDasharray: "2 2" },
				),
				Plot.rect([0], { x1: 1, x2: 2, y1: 0.2, y2: 3, insetRight: -0.3 }),
				Plot.dot([[1, 2]], { symbol: "triangle", rotate: 90 }),
				Plot.ruleX([1, 2], { y1: 0.3, y2: 4 }),
				Plot.axisX([0, 1, 2], { label: null, text: (_: unknown, i: number) => `t${i}`, tickRotate: -90 }),
			],
		});
	const complete = parseHTML("<html></html>").document;
	expect(shape(draw(svgDocument))).toEqual(shape(draw(complete)));
});
