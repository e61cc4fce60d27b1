import { expect, test } from "vitest";
import { ONE_SIGMA_COLOUR, SAMPLE_COLOURS, TWO_SIGMA_COLOUR } from "../../ts/plot/palette.js";

type Triple = readonly [number, number, number];

// G. M. Machado et al., IEEE Trans. Vis. Comput. Graph. 15 (2009) 1291, full severity, for linear RGB.
const VISION: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
	full: [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1],
	],
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881],
	],
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998],
	],
	tritanopia: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039],
	],
};

/** CIE L*, a*, b* of a colour as somebody sees it. */
function lab(colour: string, vision: readonly [Triple, Triple, Triple]): Triple {
	const linear = [1, 3, 5].map((at) => {
		const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	}) as unknown as Triple;
	const dot = (row: Triple, v: Triple) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2];
	const seen = vision.map((row) => Math.min(1, Math.max(0, dot(row, linear)))) as unknown as Triple;
	const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
	const x = f(dot([0.4124, 0.3576, 0.1805], seen) / 0.95047);
	const y = f(dot([0.2126, 0.7152, 0.0722], seen));
	const z = f(dot([0.0193, 0.1192, 0.9505], seen) / 1.08883);
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test.each(Object.entries(VISION))("any two samples can be told apart with %s vision", (_, vision) => {
	const seen = SAMPLE_COLOURS.map((colour) => lab(colour, vision));
	for (const [i, a] of seen.entries()) {
		for (const b of seen.slice(0, i)) expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(15);
	}
});

test("in grey print every sample has a luminance of its own, and neighbours in the stack differ by 19", () => {
	const luminance = SAMPLE_COLOURS.map((colour) => lab(colour, VISION.full!)[0]);
	for (const [i, l] of luminance.entries()) {
		for (const other of luminance.slice(0, i)) expect(Math.abs(l - other)).toBeGreaterThan(4);
		if (i > 0) expect(Math.abs(l - luminance[i - 1]!)).toBeGreaterThan(19);
	}
});

test("in grey print the two bands of a Brazil plot differ from each other and from paper", () => {
	const [green, yellow] = [ONE_SIGMA_COLOUR, TWO_SIGMA_COLOUR].map((colour) => lab(colour, VISION.full!)[0]);
	expect(yellow! - green!).toBeGreaterThan(20);
	expect(100 - yellow!).toBeGreaterThan(8);
});
