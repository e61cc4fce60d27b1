/** An ascending range with a step. */
export interface Grid {
	readonly from: number;
	readonly to: number;
	/** Greater than 0. */
	readonly step: number;
}

/**
 * The points of a grid, `to` included where a step falls on it. The arithmetic is decimal, so that
 * 0 to 5 in steps of 0.1 gives 0.3 and not 0.30000000000000004.
 */
export function gridPoints({ from, to, step }: Grid): number[] {
	const decimals = Math.max(...[from, to, step].map(decimalPlaces));
	const scaled = (x: number) => toInteger(x, decimals);
	const points: number[] = [];
	for (let x = scaled(from); x <= scaled(to); x += scaled(step)) points.push(Number(`${x}e-${decimals}`));
	return points;
}

/** More points than this are taken for a slip. */
const MOST_POINTS = 100_000;

/** What is wrong with a grid, or `undefined`. */
export function gridFault({ from, to, step }: Grid): string | undefined {
	if (from > to) return `the scan would go down from ${from} to ${to}; give the lower value first`;
	const size = Math.floor((to - from) / step) + 1;
	if (size > MOST_POINTS) return `the scan would have ${size} points, more than ${MOST_POINTS}; give a larger step`;
	return undefined;
}

/** Digits after the decimal point in the shortest decimal form. */
function decimalPlaces(x: number): number {
	const [mantissa = "", exponent = "0"] = x.toExponential().split("e");
	return Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent));
}

/** x · 10^decimals, which is an integer. */
function toInteger(x: number, decimals: number): bigint {
	const [mantissa = "", exponent = "0"] = x.toExponential().split("e");
	const [integer = "", fraction = ""] = mantissa.split(".");
	return BigInt(integer + fraction + "0".repeat(decimals + Number(exponent) - fraction.length));
}
