/**
 * The candidate that `word` was probably meant to be, or `undefined` where none is near.
 *
 * Near is at most one typing error (a letter too many, too few, wrong, or two swapped) in three letters,
 * or a word of which the other is the beginning; upper and lower case are the same.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	return nearestFew(word, candidates, 1)[0];
}

/** The candidates near `word`, nearest first, at most `count` of them. */
export function nearestFew(word: string, candidates: Iterable<string>, count: number): string[] {
	if (word.length > LONGEST) return [];
	const near: { candidate: string; distance: number }[] = [];
	for (const candidate of candidates) {
		if (candidate.length > LONGEST) continue;
		const ours = word.toLowerCase();
		const theirs = candidate.toLowerCase();
		const distance = typingErrors(ours, theirs);
		const allowed = Math.max(1, Math.floor(Math.max(ours.length, theirs.length) / 3));
		if (distance <= allowed || oneBeginsTheOther(ours, theirs)) near.push({ candidate, distance });
	}
	return near
		.sort((a, b) => a.distance - b.distance)
		.slice(0, count)
		.map(({ candidate }) => candidate);
}

/** No name worth a suggestion is longer, and the distance takes the product of the lengths. */
const LONGEST = 100;

function oneBeginsTheOther(a: string, b: string): boolean {
	return Math.min(a.length, b.length) >= 2 && (a.startsWith(b) || b.startsWith(a));
}

/** Optimal string alignment distance (Damerau–Levenshtein with each swap counted once). */
function typingErrors(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
			let cost = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + wrong);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				cost = Math.min(cost, beforeLast[j - 2]! + 1);
			row.push(cost);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length]!;
}
