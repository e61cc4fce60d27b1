/**
 * Toy studies: pseudo-experiments of a model, fitted on all cores of the machine.
 *
 * They have a WebAssembly core of their own, which only this entry loads.
 *
 * @module
 */
export { ToyPool, type ToyPoolOptions, type ToyRunOptions } from "../pool/toyPool.js";
export { ProgressMeter, type ToyProgress } from "../pool/toyProgress.js";
export { WorkerError } from "../pool/workerError.js";
export type { Ensemble, FlatModel, ToyJob, ToyPiece, ToyRange, ToyStatistic } from "./ensemble.js";
export { type DataStatistic, initToys, statisticOf } from "./toyCore.js";
