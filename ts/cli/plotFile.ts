import { extname } from "node:path";
import { InvalidArgumentError } from "commander";
import { HistFactoryError } from "../index.js";
import { writeWhole } from "../io/writeWhole.js";

/** The drawing functions, loaded when a plot is asked for. */
type Drawing = typeof import("../plot/index.js");

/** A plot to be written. */
export interface PlotFile {
	readonly drawing: Drawing;
	/** Writes an SVG, as PNG where the file's extension says so. */
	readonly write: (svg: string) => Promise<void>;
}

/** The name of a plot file, if its extension says how to draw it. */
export function parsePlotFile(text: string): string {
	if (![".svg", ".png"].includes(extname(text).toLowerCase())) {
		throw new InvalidArgumentError("The file must end in .svg or .png.");
	}
	return text;
}

/** Loads what the plot needs, before any long calculation. */
export async function openPlot(file: string): Promise<PlotFile> {
	const drawing = await loadDrawing();
	if (extname(file).toLowerCase() === ".svg") return { drawing, write: (svg) => writeWhole(file, svg) };
	const { svgToPng } = await import("../io/png.js");
	return { drawing, write: async (svg) => writeWhole(file, await svgToPng(svg)) };
}

// A file of its own beside the bundled command line, which also works alone.
async function loadDrawing(): Promise<Drawing> {
	try {
		return await import("../plot/index.js");
	} catch (error) {
		const reason = error instanceof Error ? ` (${error.message})` : "";
		throw new HistFactoryError("no-plots", `plots need plot/index.js of this package beside the command${reason}`);
	}
}
