import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { HistFactoryError } from "../errors.js";

/** How to turn a figure into a PNG. */
export interface PngOptions {
	/** Pixels per px of the SVG; 3 by default, which is 380 dpi at the width of a journal column. */
	readonly scale?: number;
}

/** The package that draws; an optional peer, as it is a native module of several MB. */
const RENDERER = "@resvg/resvg-js";

/** Characters that the font of this package has (`fonts/README.md`); others are looked for on the machine. */
const BEYOND_FONT =
	/[^\t\n\r -~\u00a0-\u017f\u0370-\u03ff\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2032\u2033\u2070-\u208e\u2113\u2190-\u2193\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b\u2248\u2260\u2264\u2265]/;

/** Turns a figure into a PNG. */
export type PngRenderer = (svg: string, options?: PngOptions) => Uint8Array;

/**
 * Loads what turns figures into PNGs: on white, set in the font of this package, or a font of the machine where that
 * is not at hand.
 *
 * @throws HistFactoryError `no-png-renderer` where the package `@resvg/resvg-js` is not installed
 */
export async function loadPngRenderer(): Promise<PngRenderer> {
	const { Resvg } = await loadResvg();
	const font = fontFile();
	return (svg, { scale = 3 } = {}) => {
		const image = new Resvg(svg, {
			background: "white",
			fitTo: { mode: "zoom", value: scale },
			font:
				font === undefined
					? { loadSystemFonts: true }
					: {
							fontFiles: [font],
							loadSystemFonts: BEYOND_FONT.test(svg),
							defaultFontFamily: "Arimo",
							sansSerifFamily: "Arimo",
						},
		});
		return image.render().asPng();
	};
}

/**
 * Found by the name of the package, wherever this code was bundled to; missing only where that bundle was
 * copied away from it.
 */
function fontFile(): string | undefined {
	try {
		const root = dirname(createRequire(import.meta.url).resolve("histfactory/package.json"));
		const file = join(root, "fonts", "Arimo.ttf");
		return existsSync(file) ? file : undefined;
	} catch {
		return undefined;
	}
}

async function loadResvg(): Promise<typeof import("@resvg/resvg-js")> {
	try {
		return await import("@resvg/resvg-js");
	} catch (error) {
		const reason = error instanceof Error ? ` (${error.message.split("\n")[0]})` : "";
		throw new HistFactoryError(
			"no-png-renderer",
			`PNG needs the package ${RENDERER}, which could not be loaded: install it with \`npm install ${RENDERER}\`, or write SVG${reason}`,
		);
	}
}
