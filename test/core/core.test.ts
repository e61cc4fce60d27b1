import { describe, expect, test } from "vitest";
import { type Core, loadCore } from "../../ts/core/core.js";
import { CoreError } from "../../ts/core/coreError.js";
import { CoreHandle } from "../../ts/core/coreHandle.js";
import { FitError } from "../../ts/errors.js";

const TRAP = new WebAssembly.RuntimeError("unreachable");

function trap(core: Core): CoreError {
	try {
		core.call(() => {
			throw TRAP;
		});
	} catch (error) {
		if (error instanceof CoreError) return error;
	}
	throw new Error("the trap did not come out as a CoreError");
}

describe("the core", () => {
	test("is one instance, loaded on first use", () => {
		expect(loadCore()).toBe(loadCore());
		expect(loadCore().failed).toBe(false);
	});

	test("after a trap is given up and replaced", () => {
		const core = loadCore();
		const error = trap(core);
		expect([error.code, error.cause]).toEqual(["core-failed", TRAP]);
		expect(error.message).toBe(
			"the core stopped in the middle of a call (RuntimeError: unreachable); please report this with its input. Models are loaded anew when they are used next",
		);
		expect(core.failed).toBe(true);
		expect(() => core.call(() => 1)).toThrow("this instance of the core failed in an earlier call");
		expect(loadCore()).not.toBe(core);
		expect(loadCore().call(() => 1)).toBe(1);
	});

	test("passes the errors of this library through and stays", () => {
		const core = loadCore();
		const error = new FitError("not-converged", "the fit did not converge");
		expect(() =>
			core.call(() => {
				throw error;
			}),
		).toThrow(error);
		expect(core.failed).toBe(false);
	});

	test("has bindings and memory of its own", () => {
		const first = loadCore();
		const glue = first.call((glue) => glue);
		trap(first);
		expect(loadCore().call((other) => other === glue)).toBe(false);
	});

	test("takes nothing back after a failure, and a failure while taking back ends it quietly", () => {
		const failing = loadCore();
		failing.release(() => {
			throw TRAP;
		});
		expect(failing.failed).toBe(true);
		let freed = 0;
		failing.release(() => freed++);
		loadCore().release(() => freed++);
		expect(freed).toBe(1);
	});
});

describe("an object in the core", () => {
	/** Counts how often it was loaded and freed. */
	const counting = () => {
		const counts = { loaded: 0, freed: 0 };
		const handle = new CoreHandle(() => {
			counts.loaded++;
			return { free: () => counts.freed++, number: counts.loaded };
		});
		return { counts, handle };
	};

	test("is loaded at once, and once", () => {
		const { counts, handle } = counting();
		expect(counts.loaded).toBe(1);
		expect([handle.call(({ number }) => number), handle.call(({ number }) => number)]).toEqual([1, 1]);
	});

	test("is loaded anew after a failure, and then belongs to the new instance", () => {
		const { counts, handle } = counting();
		trap(loadCore());
		expect(handle.call(({ number }) => number)).toBe(2);
		handle.free();
		expect(counts).toEqual({ loaded: 2, freed: 1 });
	});

	test("that is made from another fails once, with one message, and both are loaded anew", () => {
		const outer = counting();
		const inner = new CoreHandle(() => ({ made: outer.handle.call(({ number }) => number), free() {} }));
		const failing = () =>
			inner.call(() =>
				outer.handle.call(() => {
					throw TRAP;
				}),
			);
		expect(failing).toThrow(/^the core stopped in the middle of a call \(RuntimeError: unreachable\)/);
		expect(inner.call(({ made }) => made)).toBe(2);
	});

	test("that fails in its own call is loaded anew at the next", () => {
		const { handle } = counting();
		const failing = () =>
			handle.call(() => {
				throw TRAP;
			});
		expect(failing).toThrow("the core stopped in the middle of a call (RuntimeError: unreachable)");
		expect(handle.call(({ number }) => number)).toBe(2);
	});

	test("is freed once, also where its instance failed, and says so afterwards", () => {
		const sound = counting();
		sound.handle.free();
		sound.handle.free();
		expect(sound.counts.freed).toBe(1);
		expect(() => sound.handle.call(() => 1)).toThrow("this model was freed and cannot be used any more");

		const lost = counting();
		trap(loadCore());
		lost.handle.free();
		expect(lost.counts).toEqual({ loaded: 1, freed: 0 });
		expect(() => lost.handle.call(() => 1)).toThrow("this model was freed and cannot be used any more");
	});
});
