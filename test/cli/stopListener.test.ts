import { describe, expect, test } from "vitest";
import { StopListener } from "../../ts/cli/toys/stopListener.js";

const listeners = () => [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")];

describe("a signal to stop", () => {
	test.each(["SIGINT", "SIGTERM"] as const)("%s is heard once; the second one does what it always does", (name) => {
		const before = listeners();
		const stop = new StopListener();
		expect([stop.signal.aborted, stop.received]).toEqual([false, undefined]);
		expect(listeners()).toEqual(before.map((count) => count + 1));
		process.emit(name);
		expect([stop.signal.aborted, stop.received]).toEqual([true, name]);
		expect(listeners()).toEqual(before);
	});

	test("is nobody's any more once the listener is closed", () => {
		const before = listeners();
		new StopListener().close();
		expect(listeners()).toEqual(before);
	});
});
