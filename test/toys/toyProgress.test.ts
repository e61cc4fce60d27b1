import { expect, test } from "vitest";
import { ProgressMeter } from "../../ts/toys/toyProgress.js";

test("progress counts done and failed toys; speed and time left are those of this run", () => {
	let milliseconds = 5000;
	const meter = new ProgressMeter(20, 8, 1, () => milliseconds);
	const before = meter.add(Uint8Array.of(0, 2, 0));
	expect(before).toEqual({ done: 11, total: 20, failed: 2, perSecond: 0, secondsLeft: undefined });
	milliseconds = 7000;
	expect(meter.add(Uint8Array.of(3))).toEqual({ done: 12, total: 20, failed: 3, perSecond: 2, secondsLeft: 4 });
	milliseconds = 9000;
	const end = meter.add(new Uint8Array(8));
	expect(end).toEqual({ done: 20, total: 20, failed: 3, perSecond: 3, secondsLeft: 0 });
	expect(Object.isFrozen(end)).toBe(true);
});
