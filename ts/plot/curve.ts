/**
 * The monotone cubic through points (M. Steffen, Astronomy and Astrophysics 239 (1990) 443): no bumps that the
 * points do not have. `xs` ascending; between equal neighbours it is flat. Outside it is the nearest end's value.
 */
export function monotoneCurve(xs: readonly number[], ys: readonly number[]): (x: number) => number {
	const last = xs.length - 1;
	const width = (i: number) => xs[i + 1]! - xs[i]!;
	const chord = (i: number) => (ys[i + 1]! - ys[i]!) / width(i);
	const slopes = xs.map((_, i) => {
		if (last === 0) return 0;
		if (i === 0) return chord(0);
		if (i === last) return chord(last - 1);
		const [before, after] = [chord(i - 1), chord(i)];
		if (before * after <= 0) return 0;
		const parabola = (before * width(i) + after * width(i - 1)) / (width(i - 1) + width(i));
		return Math.sign(before) * Math.min(2 * Math.abs(before), 2 * Math.abs(after), Math.abs(parabola));
	});
	return (x) => {
		const next = xs.findIndex((value) => value >= x);
		if (next <= 0) return next === 0 ? ys[0]! : ys[last]!;
		const i = next - 1;
		const h = width(i);
		const t = (x - xs[i]!) / h;
		const [y0, y1, m0, m1] = [ys[i]!, ys[next]!, slopes[i]! * h, slopes[next]! * h];
		return y0 + t * (m0 + t * (3 * (y1 - y0) - 2 * m0 - m1 + t * (m0 + m1 - 2 * (y1 - y0))));
	};
}

/** A point of a curve. */
export interface CurvePoint {
	readonly x: number;
	readonly y: number;
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
