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
export { type ContourOptions, type ContourPoint, type ContourResult, contour } from "./inference/contour.js";
export { type ChannelDistribution, type Distributions, distributions } from "./inference/distributions.js";
export { type BoundSide, type FitOptions, type FitResult, fit } from "./inference/fit.js";
export {
	type Band,
	type HypotestOptions,
	type HypotestResult,
	hypotest,
	type TestStatistic,
} from "./inference/hypotest.js";
export {
	type Impact,
	type ImpactOptions,
	type ImpactsResult,
	impacts,
	type Pull,
} from "./inference/impacts.js";
export { type Interval, type IntervalOptions, type IntervalsResult, intervals } from "./inference/intervals.js";
export { type ProfilePoint, type ProfileResult, profile } from "./inference/profile.js";
export type { EndStatus, ProfileOptions, Region } from "./inference/profileLikelihood.js";
export {
	type MovedFit,
	type MovedFits,
	type RefittedImpact,
	type RefittedImpactOptions,
	type RefittedImpactsResult,
	refittedImpacts,
} from "./inference/refittedImpacts.js";
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
