import { loadCoreAsync } from "./core.js";
import { embeddedModule } from "./generated/moduleBytes.js";
import { type CoreSource, compile } from "./module.js";

/**
 * Loads the core asynchronously. `histfactory` needs it only in an engine that refuses to compile WebAssembly
 * synchronously; `histfactory/slim`, which carries no core, needs it once, with a source.
 *
 * Does nothing where the core is loaded already.
 *
 * @param source - The bytes, the compiled module, the address or the response of `histfactory/histfactory.wasm`; the
 * core that the package carries where it is left out.
 * @throws {@link CoreError} where the source cannot be fetched or the engine does not take it.
 */
export async function init(source?: CoreSource | PromiseLike<CoreSource>): Promise<void> {
	await loadCoreAsync(async () => compile(await source, embeddedModule));
}
