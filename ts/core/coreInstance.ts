import { HistFactoryError } from "../errors.js";
import { CoreError } from "./coreError.js";
import { refusal } from "./refusal.js";

/** What wasm-bindgen writes for any module, beside the module's own classes and functions. */
export interface Bindings {
	initSync(source: { readonly module: WebAssembly.Module }): unknown;
	default(source: { readonly module_or_path: WebAssembly.Module }): Promise<unknown>;
}

/** New bindings, not yet bound to an instance; they take `Registry` for FinalizationRegistry. */
export type CreateBindings<Glue> = (Registry: typeof FinalizationRegistry) => Glue;

/**
 * One instance of a core with its own memory.
 *
 * The core answers with status codes; an exception out of a call is a mistake of ours, a trap, a stack that ran over or
 * memory that ran out. The call may have stopped half-way and left its objects in any state, so the instance is never
 * entered again. What is loaded into it is lost, and nothing else.
 */
export class CoreInstance<Glue extends Bindings> {
	readonly #glue: Glue;
	#failed = false;

	private constructor(createGlue: CreateBindings<Glue>) {
		const core = this;
		this.#glue = createGlue(
			// The glue frees what was forgotten when it is collected, which may be after a failure.
			class<T> extends FinalizationRegistry<T> {
				constructor(free: (pointer: T) => void) {
					super((pointer) => core.release(() => free(pointer)));
				}
			},
		);
	}

	static create<Glue extends Bindings>(
		createGlue: CreateBindings<Glue>,
		module: WebAssembly.Module,
	): CoreInstance<Glue> {
		const core = new CoreInstance(createGlue);
		try {
			core.#glue.initSync({ module });
		} catch (error) {
			throw refusal(error);
		}
		return core;
	}

	static async createAsync<Glue extends Bindings>(
		createGlue: CreateBindings<Glue>,
		module: WebAssembly.Module,
	): Promise<CoreInstance<Glue>> {
		const core = new CoreInstance(createGlue);
		try {
			await core.#glue.default({ module_or_path: module });
		} catch (error) {
			throw refusal(error);
		}
		return core;
	}

	/** Whether a call failed, so that nothing in this instance can be used any more. */
	get failed(): boolean {
		return this.#failed;
	}

	/**
	 * Runs one call into the core.
	 *
	 * @throws {@link CoreError} `core-failed` where the core stops in it, and at every call after that.
	 */
	call<T>(work: (glue: Glue) => T): T {
		if (this.#failed) throw new CoreError("core-failed", "this instance of the core failed in an earlier call");
		try {
			return work(this.#glue);
		} catch (error) {
			// From a call inside this one, or from the caller's own reading of the answer: not the core's.
			if (error instanceof HistFactoryError) throw error;
			this.#failed = true;
			const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
			throw new CoreError(
				"core-failed",
				`the core stopped in the middle of a call (${reason}); please report this with its input. Models are loaded anew when they are used next`,
				error,
			);
		}
	}

	/** Runs a call that gives memory back; where the instance has failed, its memory goes as a whole. */
	release(free: (glue: Glue) => void): void {
		if (this.#failed) return;
		try {
			free(this.#glue);
		} catch {
			// Nobody waits for an answer; the next call meets a fresh instance.
			this.#failed = true;
		}
	}
}
