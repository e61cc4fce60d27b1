/**
 * Results for people and for programs: tables as text, Markdown, LaTeX and CSV, numbers rounded to their uncertainty,
 * and JSON with pyhf's keys. Records in, plain data or text out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fit, uncorrelatedBackground } from "histfactory";
 * import { fitRecord, fitTable, formatPdg, latexTable, textTable, toJson } from "histfactory/report";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [61, 60],
 * });
 * const model = workspace.model();
 * const best = fit(workspace.data(model), model);
 * assert.equal(formatPdg(best.parameters[0]!, best.uncertainties[0]!), "0.9 ± 0.6");
 * const table = fitTable(best);
 * assert.equal(textTable(table).split("\n")[3], "mu                  0.9  ± 0.6");
 * assert.ok(latexTable(table).includes("    mu & $0.9 \\pm 0.6$ &  \\\\"));
 * assert.equal(JSON.parse(toJson(fitRecord(best, model.parameterSets))).mle_parameters.mu[0], best.parameters[0]);
 * ```
 *
 * @module
 */
export { discoveryRecord, discoveryTable } from "./discoveryReport.js";
export {
	correlationRecord,
	correlationTable,
	fitRecord,
	fitTable,
	largestCorrelations,
	type ParameterCorrelation,
} from "./fitReport.js";
export { goodnessOfFitRecord, goodnessOfFitTable } from "./goodnessOfFitReport.js";
export {
	impactRecord,
	impactTable,
	type RankingOptions,
	refittedImpactRecord,
	refittedImpactTable,
} from "./impactReport.js";
export {
	inspectRecord,
	inspectTables,
	type MeasurementSummary,
	type ParameterSummary,
	summarize,
	type WorkspaceSummary,
} from "./inspectReport.js";
export { intervalRecord, intervalTable } from "./intervalReport.js";
export { type JsonRecord, type JsonValue, toJson } from "./json.js";
export { limitRecord, limitTable } from "./limitReport.js";
export { contoursRecord, contourTable, profileRecord, profileTable } from "./profileReport.js";
export { formatFixed, formatNumber, formatPdg, formatSignificant, type RoundedPair, roundPdg } from "./rounding.js";
export {
	type Cell,
	type Column,
	csvTable,
	latexTable,
	markdownTable,
	type Quantity,
	type Table,
	type TextEmphasis,
	textTable,
} from "./table.js";
export { scanRecord, scanTable, testRecord, testTable } from "./testReport.js";
export { toyLimitRecord, toyLimitTable, toyScanTable } from "./toyLimitReport.js";
export { toyTestRecord, toyTestTable } from "./toyTestReport.js";
export { distributionsRecord, yieldTable } from "./yieldReport.js";
