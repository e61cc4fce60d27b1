import { expect, test } from "vitest";
import { above, type CurvePoint, monotoneCurve } from "../../ts/plot/curve.js";

function points(xs: readonly number[], ys: readonly number[]): readonly CurvePoint[] {
	return xs.map((x, i) => ({ x, y: ys[i]! }));
}

test("the curve passes through its points and is flat beyond them", () => {
	const [xs, ys] = [
		[0, 1, 3, 4],
		[5, 2, 2, 1],
	];
	const curve = monotoneCurve(points(xs, ys));
	expect(xs.map(curve)).toEqual(ys);
	expect([curve(-1), curve(9)]).toEqual([5, 1]);
});

test("the curve never leaves the range of its neighbours", () => {
	const [xs, ys] = [
		[0, 1, 1.1, 5, 9],
		[0, -1, -300, -301, -690],
	];
	const curve = monotoneCurve(points(xs, ys));
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
	const line = monotoneCurve(points([0, 1, 4], [1, 3, 9]));
	expect(line(2.5)).toBeCloseTo(6, 12);
	expect(monotoneCurve(points([1], [7]))(3)).toBe(7);
});

test("a parabola stays one, to its ends", () => {
	const xs = [1, 2, 2.5, 4, 5];
	const curve = monotoneCurve(
		points(
			xs,
			xs.map((x) => x * x),
		),
	);
	for (const x of [1.2, 1.5, 1.9, 4.3, 4.9]) expect(curve(x)).toBeCloseTo(x * x, 1);
	// A straight line through the first two points would give 2.5.
	expect(curve(1.5)).toBeCloseTo(2.25, 2);
});

test("a corner parts the curve, whether it is one of the points or not", () => {
	const line = points([0, 1, 3, 4], [4, 3, 1, 0]);
	const curve = monotoneCurve(line, [{ x: 2, y: 3 }]);
	expect([curve(-1), curve(1), curve(2), curve(3), curve(9)]).toEqual([4, 3, 3, 1, 0]);
	// Each side as if the other were not there.
	const [left, right] = [monotoneCurve(points([0, 1, 2], [4, 3, 3])), monotoneCurve(points([2, 3, 4], [3, 1, 0]))];
	for (const x of [0.3, 1.5, 1.99]) expect(curve(x)).toBe(left(x));
	for (const x of [2.01, 2.5, 3.7]) expect(curve(x)).toBe(right(x));
	const roof = points([0, 1, 2], [0, 1, 0]);
	const cornered = monotoneCurve(roof, [roof[1]!]);
	expect([cornered(0.5), cornered(1), cornered(1.5)]).toEqual([0.5, 1, 0.5]);
});

test("a corner at an end changes nothing", () => {
	const bent = points([0, 1, 3], [0, 2, 3]);
	const [plain, first, last] = [monotoneCurve(bent), monotoneCurve(bent, [bent[0]!]), monotoneCurve(bent, [bent[2]!])];
	for (const x of [-1, 0.5, 2, 4]) expect([first(x), last(x)]).toEqual([plain(x), plain(x)]);
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
