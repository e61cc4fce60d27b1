import { type Core, loadCore } from "./core.js";
import { CoreError } from "./coreError.js";
import type { Glue } from "./generated/glue.js";

/**
 * An object in the core's memory, such as a model.
 *
 * It belongs to the instance of the core that it was loaded into and is never shown to another. Where that instance has
 * failed, the object is loaded anew at its next use.
 */
export class CoreHandle<T extends { free(): void }> {
	readonly #load: (glue: Glue) => T;
	#loaded: { readonly core: Core; readonly object: T } | undefined;
	#freed = false;

	/** `load` makes the object; it is called now, and again after a failure of the core. */
	constructor(load: (glue: Glue) => T) {
		this.#load = load;
		this.#loaded = this.#loadNow();
	}

	/**
	 * Runs one call with the object.
	 *
	 * @throws {@link CoreError} `freed` after `free()`; `core-failed` where the core stops in the call.
	 */
	call<R>(work: (object: T) => R): R {
		if (this.#freed) throw new CoreError("freed", "this model was freed and cannot be used any more");
		if (this.#loaded === undefined || this.#loaded.core.failed) this.#loaded = this.#loadNow();
		const { core, object } = this.#loaded;
		return core.call(() => work(object));
	}

	/** Gives the memory back at once; without it, that happens when the object is collected. */
	free(): void {
		this.#freed = true;
		const loaded = this.#loaded;
		this.#loaded = undefined;
		loaded?.core.release(() => loaded.object.free());
	}

	#loadNow(): { core: Core; object: T } {
		const core = loadCore();
		return { core, object: core.call(this.#load) };
	}
}
