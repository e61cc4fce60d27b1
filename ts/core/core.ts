import type { CoreInstance } from "./coreInstance.js";
import { CoreLoader } from "./coreLoader.js";
import { createGlue, type Glue } from "./generated/glue.js";
import { embeddedModule } from "./generated/moduleBytes.js";
import { compileEmbedded } from "./module.js";

/** One instance of the library's core. */
export type Core = CoreInstance<Glue>;

const loader = new CoreLoader<Glue>(createGlue, () => compileEmbedded(embeddedModule));

/**
 * The core, compiled and instantiated on first use; after a failure a fresh instance of the same module.
 *
 * @throws {@link CoreError} where the engine does not take it.
 */
export function loadCore(): Core {
	return loader.load();
}

/** As `loadCore`, for an engine that wants it asynchronous; `compile` is called where there is no module yet. */
export async function loadCoreAsync(compile: () => Promise<WebAssembly.Module>): Promise<void> {
	await loader.loadAsync(compile);
}
