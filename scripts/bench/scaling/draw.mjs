import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../setup/command.mjs";

/** The plot of `--scaling` as SVG, drawn with the package's own parts, which are bundled for it first. */
export async function drawScaling({ axes }) {
	const { build } = await import("esbuild");
	const outfile = join(root, ".build", "scalingFigure.mjs");
	await build({
		absWorkingDir: root,
		entryPoints: ["scripts/bench/scaling/figure.ts"],
		outfile,
		bundle: true,
		platform: "neutral",
		mainFields: ["module", "main"],
		target: "es2022",
		format: "esm",
		logLevel: "warning",
		// As in bundlePlot.mjs: the picture must not depend on a window.
		define: { window: "undefined" },
	});
	const { renderScalingFigure } = await import(pathToFileURL(outfile).href);
	return renderScalingFigure(axes.filter(({ points }) => points.length > 0));
}
