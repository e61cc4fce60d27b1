/** The model in which one size at a time is changed. */
export const BASE = { bins: 200, parameters: 50, samples: 5 };

/** The sizes that are changed, each in steps of two, as far as fits are fast enough. */
export const axes = [
	{ name: "bins", title: "bins", sizes: doublings(25, 12_800) },
	{ name: "parameters", title: "shared systematics", sizes: doublings(12, 1536) },
	{ name: "samples", title: "samples", sizes: doublings(2, 64) },
];

function doublings(first, last) {
	const sizes = [first];
	while (sizes.at(-1) * 2 <= last) sizes.push(sizes.at(-1) * 2);
	return sizes;
}

/**
 * The powers of the size that the time of an iteration and that of an evaluation go with: over all points, and over the
 * larger half of them, where what does not grow matters less. `undefined` where there are fewer than two points.
 */
export function powersOf(points) {
	const larger = points.slice(-Math.max(2, Math.ceil(points.length / 2)));
	const power = (chosen, key) => powerOf(chosen.map((point) => [point.size, point[key]]));
	return {
		perIteration: power(points, "perIteration"),
		perIterationLarger: power(larger, "perIteration"),
		evaluation: power(points, "evaluation"),
		evaluationLarger: power(larger, "evaluation"),
	};
}

/** The slope of the straight line through the logarithms of pairs, by least squares. */
export function powerOf(pairs) {
	if (pairs.length < 2) return undefined;
	const logs = pairs.map(([x, y]) => [Math.log(x), Math.log(y)]);
	const mean = (i) => logs.reduce((sum, pair) => sum + pair[i], 0) / logs.length;
	const [x0, y0] = [mean(0), mean(1)];
	const covariance = logs.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0);
	return covariance / logs.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
}
