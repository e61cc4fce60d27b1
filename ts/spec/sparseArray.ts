/** The first index of a sparse array that holds nothing; `undefined` where every entry is there. */
export function firstHole(values: readonly unknown[]): number | undefined {
	for (let i = 0; i < values.length; i++) {
		if (!(i in values)) return i;
	}
	return undefined;
}
