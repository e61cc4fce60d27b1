import { OptionError } from "../index.js";
import { checkWritable } from "../io/writeWhole.js";
import type { EmitOptions } from "./emit.js";
import type { PlotOptions } from "./options.js";
import { openPlotFiles, type PlotFiles } from "./plotFiles.js";

/** Finds out before a long calculation whether its results can be written, and loads what draws the plot. */
export async function prepareOutput(options: EmitOptions & PlotOptions): Promise<PlotFiles | undefined> {
	if (options.log && options.plot === undefined) {
		throw new OptionError("no-plot", "there is no plot to draw it in; name its file with --plot", "--log");
	}
	if (options.outputFile !== undefined) await checkWritable(options.outputFile);
	return options.plot === undefined ? undefined : openPlotFiles(options.plot);
}
