import { extname } from "node:path";
import { InvalidArgumentError } from "commander";
import { HistFactoryError } from "../index.js";
import { checkWritable, writeWhole } from "../io/writeWhole.js";

/** The drawing functions, loaded when a plot is asked for. */
type Drawing = typeof import("../plot/index.js");

/** The files of one plot, ready to be written. */
export interface PlotFiles {
	readonly drawing: Drawing;
	/** Writes an SVG into every file, as PNG where the file's extension says so. */
	readonly write: (svg: string) => Promise<void>;
}

/** Collects names of plot files whose extensions say how to draw them. */
export function collectPlotFile(text: string, previous: readonly string[] = []): readonly string[] {
	if (![".svg", ".png"].includes(extname(text).toLowerCase())) {
		throw new InvalidArgumentError("The file must end in .svg or .png.");
	}
	return [...previous, text];
}

/** Finds out, before any long calculation, whether the files can be written, and loads what they need. */
export async function openPlotFiles(files: readonly string[]): Promise<PlotFiles> {
	for (const file of files) await checkWritable(file);
	const drawing = await loadDrawing();
	const isPng = (file: string) => extname(file).toLowerCase() === ".png";
	const toPng = files.some(isPng) ? await (await import("../io/png.js")).loadPngRenderer() : undefined;
	const write = async (svg: string) => {
		for (const file of files) await writeWhole(file, toPng !== undefined && isPng(file) ? toPng(svg) : svg);
	};
	return { drawing, write };
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
