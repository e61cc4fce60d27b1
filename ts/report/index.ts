/** Result records as tables (text, Markdown, LaTeX, CSV) and as JSON with pyhf's keys. */
export * from "./fitReport.js";
export * from "./inspectReport.js";
export * from "./json.js";
export * from "./limitReport.js";
export * from "./rounding.js";
export * from "./table.js";
export * from "./testReport.js";
export * from "./yieldReport.js";
