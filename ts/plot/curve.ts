/** A point of a curve. */
export interface CurvePoint {
	readonly x: number;
	readonly y: number;
}

/**
 * The curve through points, smooth but for its corners: monotone cubics (M. Steffen, Astronomy and Astrophysics 239
 * (1990) 443), which have no bumps that the points do not have. Outside it is the nearest end's value.
 *
 * @param points at different x, ascending
 * @param corners points of the curve where its slope may jump; what lies on one side says nothing about the other
 */
export function monotoneCurve(
	points: readonly CurvePoint[],
	corners: readonly CurvePoint[] = [],
): (x: number) => number {
	const breaks = new Set(corners.map(({ x }) => x));
	const all = [...points.filter(({ x }) => !breaks.has(x)), ...corners].sort((a, b) => a.x - b.x);
	const pieces: CurvePoint[][] = [[]];
	for (const [i, point] of all.entries()) {
		pieces.at(-1)!.push(point);
		if (breaks.has(point.x) && i > 0 && i < all.length - 1) pieces.push([point]);
	}
	const curves = pieces.map((piece) => ({ end: piece.at(-1)!.x, curve: smoothCurve(piece) }));
	return (x) => (curves.find(({ end }) => x <= end) ?? curves.at(-1)!).curve(x);
}

function smoothCurve(points: readonly CurvePoint[]): (x: number) => number {
	const last = points.length - 1;
	const width = (i: number) => points[i + 1]!.x - points[i]!.x;
	const chord = (i: number) => (points[i + 1]!.y - points[i]!.y) / width(i);
	/** The slope at an end: that of the parabola through it and the next two points, as far as the curve stays monotone. */
	const endSlope = (first: number, second: number) => {
		if (last === 1) return chord(0);
		const parabola = chord(first) + ((chord(first) - chord(second)) * width(first)) / (width(first) + width(second));
		if (parabola * chord(first) <= 0) return 0;
		return Math.sign(parabola) * Math.min(Math.abs(parabola), 2 * Math.abs(chord(first)));
	};
	const slopes = points.map((_, i) => {
		if (last === 0) return 0;
		if (i === 0) return endSlope(0, 1);
		if (i === last) return endSlope(last - 1, last - 2);
		const [before, after] = [chord(i - 1), chord(i)];
		if (before * after <= 0) return 0;
		const parabola = (before * width(i) + after * width(i - 1)) / (width(i - 1) + width(i));
		return Math.sign(before) * Math.min(2 * Math.abs(before), 2 * Math.abs(after), Math.abs(parabola));
	});
	return (x) => {
		const next = points.findIndex((point) => point.x >= x);
		if (next <= 0) return points[next === 0 ? 0 : last]!.y;
		const i = next - 1;
		const h = width(i);
		const t = (x - points[i]!.x) / h;
		const [y0, y1, m0, m1] = [points[i]!.y, points[next]!.y, slopes[i]! * h, slopes[next]! * h];
		return y0 + t * (m0 + t * (3 * (y1 - y0) - 2 * m0 - m1 + t * (m0 + m1 - 2 * (y1 - y0))));
	};
}

/** The pieces of a polyline that lie at or above a floor, cut where it crosses. */
export function above(line: readonly CurvePoint[], floor: number): readonly (readonly CurvePoint[])[] {
	const pieces: CurvePoint[][] = [];
	let piece: CurvePoint[] | undefined;
	line.forEach((point, i) => {
		const previous = line[i - 1];
		if (previous !== undefined && previous.y < floor !== point.y < floor) {
			const t = (floor - previous.y) / (point.y - previous.y);
			const crossing = { x: previous.x + t * (point.x - previous.x), y: floor };
			piece ??= started(pieces);
			piece.push(crossing);
		}
		if (point.y < floor) piece = undefined;
		else {
			piece ??= started(pieces);
			piece.push(point);
		}
	});
	return pieces;
}

function started(pieces: CurvePoint[][]): CurvePoint[] {
	const piece: CurvePoint[] = [];
	pieces.push(piece);
	return piece;
}
