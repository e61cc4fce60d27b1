import { checkWritable } from "../io/writeWhole.js";
import type { EmitOptions } from "./emit.js";
import { openPlot, type PlotFile } from "./plotFile.js";

/** Finds out before a long calculation whether its results can be written, and loads what draws the plot. */
export async function prepareOutput(options: EmitOptions & { readonly plot?: string }): Promise<PlotFile | undefined> {
	if (options.outputFile !== undefined) await checkWritable(options.outputFile);
	if (options.plot === undefined) return undefined;
	await checkWritable(options.plot);
	return openPlot(options.plot);
}
