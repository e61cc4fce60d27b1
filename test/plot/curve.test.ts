import { expect, test } from "vitest";
import { above, monotoneCurve } from "../../ts/plot/curve.js";

test("the curve passes through its points and is flat beyond them", () => {
	const [xs, ys] = [
		[0, 1, 3, 4],
		[5, 2, 2, 1],
	];
	const curve = monotoneCurve(xs, ys);
	expect(xs.map(curve)).toEqual(ys);
	expect([curve(-1), curve(9)]).toEqual([5, 1]);
});

test("the curve never leaves the range of its neighbours", () => {
	const [xs, ys] = [
		[0, 1, 1.1, 5, 9],
		[0, -1, -300, -301, -690],
	];
	const curve = monotoneCurve(xs, ys);
	for (let i = 1; i < xs.length; i++) {
		let previous = ys[i - 1]!;
		for (let step = 1; step <= 50; step++) {
			const y = curve(xs[i - 1]! + ((xs[i]! - xs[i - 1]!) * step) / 50);
			expect(y).toBeLessThanOrEqual(previous + 1e-9);
			previous = y;
		}
	}
});

test("a straight line stays straight, one point is a constant", () => {
	const line = monotoneCurve([0, 1, 4], [1, 3, 9]);
	expect(line(2.5)).toBeCloseTo(6, 12);
	expect(monotoneCurve([1], [7])(3)).toBe(7);
});

test("a polyline is cut where it crosses the floor", () => {
	const line = [
		{ x: 0, y: 2 },
		{ x: 2, y: -2 },
		{ x: 3, y: -1 },
		{ x: 4, y: 1 },
	];
	expect(above(line, 0)).toEqual([
		[
			{ x: 0, y: 2 },
			{ x: 1, y: 0 },
		],
		[
			{ x: 3.5, y: 0 },
			{ x: 4, y: 1 },
		],
	]);
	expect(above(line, -5)).toEqual([line]);
	expect(above(line, 5)).toEqual([]);
});
