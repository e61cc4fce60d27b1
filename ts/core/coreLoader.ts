import { type Bindings, CoreInstance, type CreateBindings } from "./coreInstance.js";

/** A core that is compiled and instantiated on first use; after a failure there is a fresh instance of the same module. */
export class CoreLoader<Glue extends Bindings> {
	readonly #createGlue: CreateBindings<Glue>;
	readonly #compile: () => WebAssembly.Module;
	#module: WebAssembly.Module | undefined;
	#current: CoreInstance<Glue> | undefined;

	/** `compile` gives the module where nobody has brought it before it is needed. */
	constructor(createGlue: CreateBindings<Glue>, compile: () => WebAssembly.Module) {
		this.#createGlue = createGlue;
		this.#compile = compile;
	}

	/**
	 * The instance in use.
	 *
	 * @throws {@link CoreError} where the engine does not take it.
	 */
	load(): CoreInstance<Glue> {
		if (this.#current === undefined || this.#current.failed) {
			this.#module ??= this.#compile();
			this.#current = CoreInstance.create(this.#createGlue, this.#module);
		}
		return this.#current;
	}

	/** As `load`, for an engine that wants it asynchronous; `compile` is called where there is no module yet. */
	async loadAsync(compile: () => Promise<WebAssembly.Module>): Promise<void> {
		if (this.#current !== undefined && !this.#current.failed) return;
		const compiled = this.#module ?? (await compile());
		const core = await CoreInstance.createAsync(this.#createGlue, compiled);
		this.#module = compiled;
		this.#current = core;
	}

	/** The module, for other threads to make instances of; `compile` is called where there is none yet. */
	async module(compile: () => Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
		this.#module ??= await compile();
		return this.#module;
	}
}
