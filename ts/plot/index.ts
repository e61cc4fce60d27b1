/**
 * Plots of results, as SVG text: records in, a standalone picture out. The same code runs in Node, in a page and
 * in a worker, and the same record gives the same text in each.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scan, uncorrelatedBackground } from "histfactory";
 * import { renderBrazilBand } from "histfactory/plot";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const svg = renderBrazilBand(scan([0, 0.5, 1, 1.5, 2], workspace.data(model), model), { logY: true });
 * assert.ok(svg.startsWith("<svg"));
 * ```
 *
 * @module
 */
export { type BrazilBandOptions, renderBrazilBand } from "./brazilBand.js";
export { type ContourPlotOptions, renderContours } from "./contours.js";
export { type DistributionOptions, renderDistributions, renderPrefitPostfit } from "./distributions.js";
export { type ImpactPlotOptions, renderImpacts } from "./impacts.js";
export { type ProfilePlotOptions, renderProfile } from "./profile.js";
export { type PullOptions, renderPulls } from "./pulls.js";
export { renderToyDistributions, type ToyDistributionOptions } from "./toyDistributions.js";
