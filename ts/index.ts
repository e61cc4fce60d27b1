/**
 * HistFactory statistical inference: fits, CLs limits and distributions from the JSON that pyhf and HEPData publish.
 *
 * @module
 */
export { type CorrelatedBackgroundOptions, correlatedBackground } from "./builders/correlatedBackground.js";
export type { Histogram } from "./builders/histograms.js";
export { type SignalPlusBackgroundOptions, signalPlusBackground } from "./builders/signalPlusBackground.js";
export { type UncorrelatedBackgroundOptions, uncorrelatedBackground } from "./builders/uncorrelatedBackground.js";
export { CoreError } from "./core/coreError.js";
export { init } from "./core/init.js";
export type { CoreSource } from "./core/module.js";
export {
	DataError,
	FitError,
	HistFactoryError,
	ModelError,
	OptionError,
	PatchError,
	type Problem,
	WorkspaceError,
} from "./errors.js";
export { type ChannelDistribution, type Distributions, distributions } from "./inference/distributions.js";
export { type BoundSide, type FitOptions, type FitResult, fit } from "./inference/fit.js";
export {
	type Band,
	type HypotestOptions,
	type HypotestResult,
	hypotest,
	type TestStatistic,
} from "./inference/hypotest.js";
export { type ScanOptions, type ScanResult, scan } from "./inference/scan.js";
export { type ProfileStatistic, type TestStatisticResult, testStatistic } from "./inference/testStatistic.js";
export {
	type LimitBand,
	type LimitStatus,
	type UpperLimitOptions,
	type UpperLimitResult,
	upperLimit,
	upperLimitFromScan,
} from "./inference/upperLimit.js";
export type { ChannelLayout, CompiledModel } from "./model/compiledModel.js";
export type { HistosysCode, Interpolation, NormsysCode } from "./model/interpolation.js";
export { type ChannelRates, Model, type SampleRates } from "./model/model.js";
export type { Constraint, ParameterSet, ParameterTable } from "./model/parameterTable.js";
export type * from "./spec/document.js";
export { type PatchOperation, parsePatch } from "./spec/patch.js";
export { type PatchPoint, PatchSet } from "./spec/patchset.js";
export type { Remark } from "./spec/remarks.js";
export { type ModelOptions, Workspace } from "./workspace.js";
