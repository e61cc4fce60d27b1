import { expect, test } from "vitest";
import { ProgressMeter } from "../../ts/pool/toyProgress.js";

const piece = (statuses: number[]) => ({ count: statuses.length, statuses: Uint8Array.from(statuses) });

test("progress counts done and failed toys; speed and time left are those of this session", () => {
	let milliseconds = 5000;
	const meter = new ProgressMeter(20, { done: 8, failed: 1, clock: () => milliseconds });
	expect(meter.progress).toEqual({ done: 8, total: 20, failed: 1, perSecond: 0, secondsLeft: undefined });
	meter.add(piece([0, 2, 0]));
	expect(meter.progress).toEqual({ done: 11, total: 20, failed: 2, perSecond: 0, secondsLeft: undefined });
	milliseconds = 7000;
	meter.add(piece([3]));
	expect(meter.progress).toEqual({ done: 12, total: 20, failed: 3, perSecond: 2, secondsLeft: 4 });
	milliseconds = 9000;
	meter.add(piece([0, 0, 0, 0, 0, 0, 0, 0]));
	expect(meter.progress).toEqual({ done: 20, total: 20, failed: 3, perSecond: 3, secondsLeft: 0 });
	expect(Object.isFrozen(meter.progress)).toBe(true);
});
