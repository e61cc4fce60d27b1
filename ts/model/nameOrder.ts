/**
 * Compares names by Unicode code points, as Python sorts strings.
 *
 * JavaScript's own order is that of UTF-16 units, which puts characters beyond U+FFFF before U+E000 to
 * U+FFFF; parameter order and data order follow pyhf's, so they need Python's.
 */
export function compareNames(a: string, b: string): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(i);
		if (x !== y) return codePointRank(x) - codePointRank(y);
	}
	return a.length - b.length;
}

/** Items in the order of their names; the input stays as it is. */
export function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
	return [...items].sort((a, b) => compareNames(a.name, b.name));
}

// Surrogates (U+D800 to U+DFFF) stand for code points above all others.
function codePointRank(unit: number): number {
	return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
