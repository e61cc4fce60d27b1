/**
 * `histfactory/slim`: everything in `histfactory` without the embedded core, which {@link init} takes from the caller.
 * The build leaves the bytes out (`scripts/build/bundleLibrary.mjs`).
 */
export * from "./index.js";
