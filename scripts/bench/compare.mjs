const BAND = ["−2σ", "−1σ", "median", "+1σ", "+2σ"];

/**
 * The values of a peer beside ours, one entry per number: `{ title, ours, theirs, difference, measure, tolerance,
 * agrees }`. The difference is theirs minus ours, over ours where the measure is `"relative"`; `null` where one of the
 * two has no such number, which they then don't agree on.
 */
export function compare(task, ours, theirs) {
	return task.values.flatMap(({ key, title, tolerance, measure }) => {
		const [own, other] = [ours[key], theirs[key]];
		const pairs = Array.isArray(own)
			? own.map((value, i) => [`${title} ${BAND[i]}`, value, other[i]])
			: [[title, own, other]];
		return pairs.map(([name, our, their]) => {
			const difference = differenceOf(our, their, measure);
			const agrees = difference !== null && Math.abs(difference) <= tolerance;
			return { title: name, ours: our, theirs: their, difference, measure, tolerance, agrees };
		});
	});
}

function differenceOf(ours, theirs, measure) {
	if (ours === theirs) return 0;
	if (ours === null || theirs === null) return null;
	return measure === "relative" ? (theirs - ours) / Math.abs(ours) : theirs - ours;
}

/** The difference that is largest in units of its tolerance. */
export function worst(differences) {
	const size = ({ difference, tolerance }) => {
		if (difference === 0) return 0;
		return difference === null ? Number.POSITIVE_INFINITY : Math.abs(difference) / tolerance;
	};
	return differences.reduce((a, b) => (size(b) > size(a) ? b : a));
}
