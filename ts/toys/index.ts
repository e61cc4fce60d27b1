/**
 * Toy studies: tests, limits, discovery and goodness of fit from simulated experiments, on as many workers as there are.
 *
 * A study is plain data. Its toys are the same to the last bit whoever makes them, in whatever order and on how many
 * machines. They have a WebAssembly core of their own, which only this entry loads.
 *
 * @module
 */
export { WorkerError } from "../pool/workerError.js";
export {
	type AsymptoticComparison,
	type Comparison,
	type ComparisonBand,
	compareWithAsymptotics,
} from "./compareWithAsymptotics.js";
export {
	type DiscoveryOptions,
	type DiscoveryPlanOptions,
	type DiscoveryResult,
	discoveryResult,
	planDiscovery,
	toyDiscovery,
} from "./discovery.js";
export type { Ensemble, FlatModel, ToyJob, ToyPiece, ToyRange, ToyStatistic } from "./ensemble.js";
export { readToyShard, writeToyShard } from "./files/shardFile.js";
export { readToyStudy, writeToyStudy } from "./files/studyFile.js";
export { ToyFileError } from "./files/toyFileError.js";
export {
	type GoodnessOfFitOptions,
	type GoodnessOfFitPlanOptions,
	type GoodnessOfFitResult,
	goodnessOfFit,
	goodnessOfFitResult,
	planGoodnessOfFit,
} from "./goodnessOfFit.js";
export { type MakeToysOptions, makeToys } from "./makeToys.js";
export { initToys } from "./toyCore.js";
export type { FailedToy, ToyDistribution, ToyStatus } from "./toyDistribution.js";
export { ToyError } from "./toyError.js";
export { type ToyLimitOptions, type ToyLimitResult, type ToyScanResult, toyLimit } from "./toyLimit.js";
export type { AuxiliaryData, RunOptions, ToyOptions } from "./toyOptions.js";
export type { ToyProgress } from "./toyProgress.js";
export { emptyShard, mergeShards, missingToys, shardDigest, ToyCollector, type ToyShard } from "./toyShard.js";
export { planToyTest, studyDigest, type ToyStudy, type ToyStudyKind } from "./toyStudy.js";
export { type ToyTestOptions, type ToyTestResult, toyTest, toyTestResult } from "./toyTest.js";
export type { Until } from "./until.js";
