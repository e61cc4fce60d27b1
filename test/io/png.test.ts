import { afterEach, expect, test, vi } from "vitest";
import { loadPngRenderer } from "../../ts/io/png.js";
import { renderBrazilBand } from "../../ts/plot/index.js";
import { floatingScan } from "../plot/records.js";

const svg = renderBrazilBand(floatingScan);

/** Width and height from the header of a PNG. */
function size(png: Uint8Array): readonly [number, number] {
	const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
	return [view.getUint32(16), view.getUint32(20)];
}

afterEach(() => {
	vi.doUnmock("@resvg/resvg-js");
	vi.resetModules();
});

test("a figure becomes a PNG of three pixels to the px, or as many as asked for", async () => {
	const toPng = await loadPngRenderer();
	const png = toPng(svg);
	expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/)!.map(Number);
	expect(size(png)).toEqual([3 * width!, 3 * height!]);
	expect(size(toPng(svg, { scale: 1 }))).toEqual([width, height]);
});

test("the letters are those of the font of this package", async () => {
	const toPng = await loadPngRenderer();
	const text = (family: string) =>
		toPng(
			`<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text y="15" font-family="${family}">CLs μ ±1σ</text></svg>`,
		);
	const drawn = text("Helvetica, Arial, sans-serif");
	expect(drawn).toEqual(text("Arimo"));
	expect(drawn.length).toBeGreaterThan(
		toPng('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"/>').length,
	);
});

test("without the package that draws, loading it says what to install", async () => {
	vi.doMock("@resvg/resvg-js", () => {
		throw new Error("Cannot find package");
	});
	vi.resetModules();
	const { loadPngRenderer: load } = await import("../../ts/io/png.js");
	await expect(load()).rejects.toMatchObject({
		name: "HistFactoryError",
		code: "no-png-renderer",
		message: expect.stringContaining("`npm install @resvg/resvg-js`, or write SVG"),
	});
});
