const BAND = ["−2σ", "−1σ", "median", "+1σ", "+2σ"];

/** What is this many times the noise is no longer taken for noise of a minimiser that stops earlier than others. */
const CLOSE = 10;

/**
 * The values of a peer beside ours, one entry per number: `{ title, ours, theirs, difference, measure, tolerance,
 * agreement }`. The difference is theirs minus ours, over ours where the measure is `"relative"`; `null` where one of
 * the two has no such number, which they then don't agree on. Values that the peer does not give at all are left out.
 *
 * @param exact whether every bit must be the same
 * @returns `agreement`: `"same"` within the tolerance, `"close"` within ten times that, `"different"` beyond
 */
export function compare(task, ours, theirs, exact = false) {
	return task.values
		.filter(({ key }) => theirs[key] !== undefined)
		.flatMap(({ key, title, tolerance, measure }) => {
			const [own, other] = [ours[key], theirs[key]];
			const pairs = Array.isArray(own)
				? own.map((value, i) => [`${title} ${BAND[i]}`, value, other[i] ?? null])
				: [[title, own, other]];
			const noise = exact ? 0 : tolerance;
			return pairs.map(([name, our, their]) => {
				const difference = differenceOf(our, their, measure);
				const agreement = agreementOf(difference, noise);
				return { title: name, ours: our, theirs: their, difference, measure, tolerance: noise, agreement };
			});
		});
}

function differenceOf(ours, theirs, measure) {
	if (ours === theirs) return 0;
	if (ours === null || theirs === null) return null;
	return measure === "relative" ? (theirs - ours) / Math.abs(ours) : theirs - ours;
}

function agreementOf(difference, tolerance) {
	if (difference === null) return "different";
	const size = Math.abs(difference);
	if (size <= tolerance) return "same";
	return size <= CLOSE * tolerance ? "close" : "different";
}

/** The weakest of the agreements: `undefined` where nothing was compared. */
export function agreementOn(differences) {
	return ["different", "close", "same"].find((agreement) =>
		differences.some((difference) => difference.agreement === agreement),
	);
}
