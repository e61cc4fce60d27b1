import * as Plot from "@observablehq/plot";
import type { HypotestResult } from "../inference/hypotest.js";
import { above, type CurvePoint, monotoneCurve } from "./curve.js";
import { INK, ONE_SIGMA_COLOUR, TWO_SIGMA_COLOUR } from "./palette.js";
import type { Marks } from "./panel.js";

/** Dashes of everything expected. */
export const EXPECTED_DASHES = "5 3";

/** Radius in px of the dot at a tested point. */
export const DOT_RADIUS = 1.8;

/** Dots closer than this, in px, hide their curve and tell nothing. */
const DOT_DISTANCE = 12;

/** Where curves are drawn: the ends of the axis of μ, the lower end of that of CLs, and the width in px. */
export interface CurveFrame {
	readonly range: readonly [number, number];
	readonly floor: number;
	readonly width: number;
}

/** Bands as areas, curves as lines, through every point; cut at the frame. */
export function curveMarks(points: readonly HypotestResult[], frame: CurveFrame): Marks {
	const { range, floor } = frame;
	const logarithm = (value: (point: HypotestResult) => number, corners: readonly CurvePoint[]) =>
		monotoneCurve(
			points.map((point) => ({ x: point.mu, y: lnOf(value(point)) })),
			corners,
		);
	const atZero = zeroCorner(points);
	const expected = [0, 1, 2, 3, 4].map((i) => logarithm((point) => point.expected[i]!, atZero));
	const atBestFit = bestFitCorner(points, expected[2]!);
	const observed = logarithm((point) => point.cls, [...atZero, ...atBestFit]);

	const steps = Math.ceil(frame.width / 4);
	const grid = Array.from({ length: steps + 1 }, (_, i) => range[0] + ((range[1] - range[0]) * i) / steps);
	const kept = [...points.map((point) => point.mu), ...atBestFit.map(({ x }) => x)].filter(
		(mu) => mu >= range[0] && mu <= range[1],
	);
	const xs = [...new Set([...grid, ...kept])].sort((a, b) => a - b);
	const bottom = floor > 0 ? Math.log(floor) : -Infinity;
	const back = (y: number) => Math.min(1, Math.max(floor, Math.exp(y)));
	const area = (low: number, high: number, fill: string, ariaDescription: string) => {
		const data = xs.map((x) => ({ x, y1: back(expected[low]!(x)), y2: back(expected[high]!(x)) }));
		return Plot.areaY(data, { x: "x", y1: "y1", y2: "y2", fill, ariaDescription });
	};
	const line = (curve: (mu: number) => number, ariaDescription: string, strokeDasharray?: string) =>
		above(
			xs.map((x) => ({ x, y: curve(x) })),
			bottom,
		).map((piece) =>
			Plot.line(
				piece.map(({ x, y }) => [x, back(y)] as const),
				{
					stroke: INK,
					strokeWidth: 1.5,
					ariaDescription,
					...(strokeDasharray === undefined ? {} : { strokeDasharray }),
				},
			),
		);
	const dots = dottedPoints(points, frame);
	return [
		area(0, 4, TWO_SIGMA_COLOUR, "±2σ"),
		area(1, 3, ONE_SIGMA_COLOUR, "±1σ"),
		...line(expected[2]!, "expected", EXPECTED_DASHES),
		...line(observed, "observed"),
		Plot.dot(dots, { x: "mu", y: "cls", r: DOT_RADIUS, fill: INK, ariaDescription: "tested" }),
	];
}

/** CLs falls like the tail of a Gaussian, so its logarithm is what is smooth. 1e-300 stands for 0, below any floor. */
function lnOf(cls: number): number {
	return Math.log(Math.max(cls, 1e-300));
}

/** Below μ = 0 the Asimov data tell nothing from the best fit, and CLs is 1; from there on it falls. */
function zeroCorner(points: readonly HypotestResult[]): readonly CurvePoint[] {
	return points[0]!.mu < 0 && points.at(-1)!.mu > 0 ? [{ x: 0, y: 0 }] : [];
}

/**
 * The corner of the observed curve at the best fit: up to there the test statistic is 0 (arXiv:1007.1727, 3.6), and
 * the curve falls only because the Asimov data tell more and more.
 *
 * The height is known without a test of that very value: for a statistic of 0, CLs+b is 1/2 and CLb is Φ(√q_A), and
 * the expected median is 2 Φ(−√q_A), which has no corner. It is kept between its neighbours, for records of other origin.
 */
function bestFitCorner(points: readonly HypotestResult[], lnMedian: (mu: number) => number): readonly CurvePoint[] {
	const { muHat } = points[0]!;
	const next = points.findIndex(({ mu }) => mu >= muHat);
	if (next <= 0 || muHat <= 0) return [];
	const [before, after] = [points[next - 1]!, points[next]!];
	if (after.mu === muHat) return [{ x: muHat, y: lnOf(after.cls) }];
	const cls = 1 / (2 - Math.exp(lnMedian(muHat)));
	return [{ x: muHat, y: lnOf(Math.min(before.cls, Math.max(after.cls, cls))) }];
}

/**
 * The tested points to mark: all that are in the frame where they stand apart, as in a scan, or none where they are
 * crowded, as in a fine grid or around a root. The best fit is marked by the corner of the curve.
 */
export function dottedPoints(
	points: readonly HypotestResult[],
	{ range: [low, high], floor, width }: CurveFrame,
): readonly HypotestResult[] {
	const inside = points.filter(({ mu, muHat }) => mu >= low && mu <= high && mu !== muHat);
	const apart = ((high - low) * DOT_DISTANCE) / width;
	const crowded = inside.some(({ mu }, i) => i > 0 && mu - inside[i - 1]!.mu < apart);
	return crowded ? [] : inside.filter(({ cls }) => cls >= floor);
}

/** The one tested value: bands as boxes around it, observed CLs as a dot, or a triangle where it lies below the axis. */
export function boxMarks(point: HypotestResult, { range: [low, high], floor }: CurveFrame): Marks {
	const half = (high - low) / 24;
	const [x1, x2] = [point.mu - half, point.mu + half];
	const at = (i: number) => Math.max(point.expected[i]!, floor);
	const box = (i: number, j: number, fill: string, ariaDescription: string) =>
		Plot.rect([0], { x1, x2, y1: at(i), y2: at(j), fill, ariaDescription });
	return [
		box(0, 4, TWO_SIGMA_COLOUR, "±2σ"),
		box(1, 3, ONE_SIGMA_COLOUR, "±1σ"),
		Plot.ruleY(point.expected[2] < floor ? [] : [point.expected[2]], {
			x1,
			x2,
			stroke: INK,
			strokeWidth: 1.5,
			strokeDasharray: EXPECTED_DASHES,
			ariaDescription: "expected",
		}),
		point.cls < floor
			? Plot.dot([point], {
					x: "mu",
					y: floor,
					symbol: "triangle",
					rotate: 180,
					dy: -4,
					r: 4,
					fill: INK,
					ariaDescription: "observed below",
				})
			: Plot.dot([point], { x: "mu", y: "cls", r: 3, fill: INK, ariaDescription: "observed" }),
	];
}
