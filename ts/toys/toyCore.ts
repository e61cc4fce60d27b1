import { CoreLoader } from "../core/coreLoader.js";
import { compile, compileEmbedded } from "../core/module.js";
import type { Ensemble, FlatModel } from "./ensemble.js";
import { createGlue, type Glue } from "./generated/glue.js";
import { embeddedModule } from "./generated/moduleBytes.js";
import { loadEnsemble, type ToysCore } from "./toyRunner.js";

const loader = new CoreLoader<Glue>(createGlue, () => compileEmbedded(embeddedModule));
const compileInBackground = () => compile(undefined, embeddedModule);

/**
 * The toys core, compiled and instantiated on first use; after a failure a fresh instance of the same module.
 *
 * @throws CoreError where the engine does not take it.
 */
export function loadToyCore(): ToysCore {
	return loader.load();
}

/**
 * Loads the core of toy studies asynchronously, as `init` does the library's own. Only an engine needs it that refuses to
 * compile WebAssembly synchronously: Chrome before version 115.
 *
 * @throws CoreError where the engine does not take it.
 */
export async function initToys(): Promise<void> {
	await loader.loadAsync(compileInBackground);
}

/** The compiled module of the toys core, for workers. */
export async function toysModule(): Promise<WebAssembly.Module> {
	return loader.module(compileInBackground);
}

/** What the core finds for a data set. */
export interface DataStatistic {
	/** NaN where a fit failed. */
	readonly statistic: number;
	/** How the fits ended: 0 converged, else the first failure's number as in `fitStatus.ts`. */
	readonly status: number;
}

/**
 * The statistic of an ensemble on given data, found by the very code that finds those of its toys.
 *
 * @param data - Main counts, then auxiliary data.
 */
export function statisticOf(model: FlatModel, ensemble: Ensemble, data: Float64Array): DataStatistic {
	const [status, statistic] = loadToyCore().call((glue) => {
		const loaded = loadEnsemble(glue, model, ensemble);
		try {
			return loaded.statisticOf(data);
		} finally {
			loaded.free();
		}
	});
	return Object.freeze({ statistic: statistic!, status: status! });
}
