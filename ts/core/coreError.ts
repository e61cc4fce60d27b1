import { HistFactoryError } from "../errors.js";

/**
 * The WebAssembly core could not be loaded, or failed in a way that no input should bring about.
 *
 * | code | what |
 * |---|---|
 * | `core-blocked` | the page's content security policy forbids WebAssembly |
 * | `core-unsupported` | the engine is too old for it |
 * | `core-asynchronous` | the engine compiles only asynchronously: `await init()` first |
 * | `core-missing` | `histfactory/slim` was used before `await init(source)` |
 * | `core-unreachable` | the source given to `init` could not be fetched |
 * | `core-mismatch` | the source given to `init` is not the core of this version |
 * | `core-failed` | the core stopped in the middle of a call, which is a bug of this library |
 * | `freed` | the model was used after `free()` |
 */
export class CoreError extends HistFactoryError {
	override readonly name = "CoreError";

	constructor(code: string, message: string, cause?: unknown) {
		super(code, message);
		if (cause !== undefined) this.cause = cause;
	}
}
