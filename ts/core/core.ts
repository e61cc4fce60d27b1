import { HistFactoryError } from "../errors.js";
import { CoreError } from "./coreError.js";
import { createGlue, type Glue } from "./generated/glue.js";
import { compileEmbedded, refusal } from "./module.js";

let module: WebAssembly.Module | undefined;
let current: Core | undefined;

/**
 * The core, compiled and instantiated on first use; after a failure a fresh instance of the same module.
 *
 * @throws {@link CoreError} where the engine does not take it.
 */
export function loadCore(): Core {
	if (current === undefined || current.failed) {
		module ??= compileEmbedded();
		current = Core.instantiate(module);
	}
	return current;
}

/** As `loadCore`, for an engine that wants it asynchronous; `compile` is called where there is no module yet. */
export async function loadCoreAsync(compile: () => Promise<WebAssembly.Module>): Promise<void> {
	if (current !== undefined && !current.failed) return;
	const compiled = module ?? (await compile());
	const core = await Core.instantiateAsync(compiled);
	module = compiled;
	current = core;
}

/**
 * One instance of the core with its own memory.
 *
 * The core answers with status codes; an exception out of a call is a mistake of ours, a trap, a stack that ran over or
 * memory that ran out. The call may have stopped half-way and left its objects in any state, so the instance is never
 * entered again. What is loaded into it is lost, and nothing else.
 */
export class Core {
	readonly #glue: Glue;
	#failed = false;

	private constructor() {
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

	static instantiate(module: WebAssembly.Module): Core {
		const core = new Core();
		try {
			core.#glue.initSync({ module });
		} catch (error) {
			throw refusal(error);
		}
		return core;
	}

	static async instantiateAsync(module: WebAssembly.Module): Promise<Core> {
		const core = new Core();
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
