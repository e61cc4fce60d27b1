import { expect, test } from "vitest";
import { element } from "../../ts/plot/svgNode.js";
import { plainText, shorten, textElement, textWidth, typeset, wrap } from "../../ts/plot/text.js";

test("room for a text is a little more than its width in Helvetica", () => {
	// observed: 556 + 556 + 500 + 556 + 333 + 500 + 556 + 556 thousandths.
	expect(textWidth("observed", 10)).toBeCloseTo(41.13 * 1.12, 10);
	expect(textWidth("CL_{s}", 10)).toBeCloseTo((7.22 + 5.56 + 0.72 * 5) * 1.12, 10);
	expect(textWidth("", 10)).toBe(0);
	expect(textWidth("漢", 10)).toBeCloseTo(11.2, 10);
});

test("subscripts and superscripts are typeset, and what follows returns to the line", () => {
	expect(textElement("CL_{s} = 10^{−2}", {}).toString()).toBe(
		'<text><tspan>CL</tspan><tspan dy="0.278em" font-size="0.72em">s</tspan><tspan dy="-0.2em"> = 10</tspan>' +
			'<tspan dy="-0.528em" font-size="0.72em">−2</tspan></text>',
	);
	expect(plainText("CL_{s} = 10^{−2}")).toBe("CLs = 10−2");
});

test("text without markup, with lone underscores or braces, stays as it is", () => {
	for (const text of ["SR_meff", "a_{", "x^2", "{}", "_{a{b}}"]) {
		const [node] = [textElement(text, {})];
		expect(node.textContent).toBe(text === "_{a{b}}" ? "_{a{b}}" : text);
	}
});

test("typesetting goes through a tree", () => {
	const tree = element("g", {}, [element("text", {}, ["10^{3}"]), element("g", {}, [element("text", {}, ["p_{0}"])])]);
	expect(typeset(tree).textContent).toBe("103p0");
});

test("long names lose their middle", () => {
	expect(shorten("short", 10, 100)).toBe("short");
	const cut = shorten("SRee_eMT2a_lowmet_V2_cuts", 10, 90);
	expect(cut).toMatch(/^SRee_.*….*cuts$/);
	expect(textWidth(cut, 10)).toBeLessThanOrEqual(90);
	expect(shorten("anything", 10, 1)).toBe("a…");
});

test("titles break between words", () => {
	expect(wrap("one two  three", 10, textWidth("one two", 10))).toEqual(["one two", "three"]);
	expect(wrap("", 10, 100)).toEqual([]);
	expect(wrap("unbreakablewordthatislong x", 10, 60)[0]).toContain("…");
});
