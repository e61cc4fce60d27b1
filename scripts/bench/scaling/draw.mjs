import { bundled } from "../bundled.mjs";

/** The plot of `--scaling` as SVG, drawn with the package's own parts. */
export async function drawScaling({ axes }) {
	const { renderScalingFigure } = await bundled("scripts/bench/scaling/figure.ts");
	return renderScalingFigure(axes.filter(({ points }) => points.length > 0));
}
