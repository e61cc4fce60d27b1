import type { Finding } from "./finding.js";
import { formatPath, type PathSegment, quote } from "./path.js";

/**
 * One `duplicate-…` finding for each entry of `list` with the name (and, for modifiers, the type) of one
 * before it; `undefined` entries are passed over.
 */
export function duplicates(
	list: readonly ({ readonly name: string; readonly type?: string } | undefined)[],
	at: readonly PathSegment[],
	noun: string,
): Finding[] {
	// By type first: keys made of both would be ten thousand strings in a large document.
	const firstsByType = new Map<string | undefined, Map<string, number>>();
	const findings: Finding[] = [];
	list.forEach((entry, index) => {
		if (entry === undefined) return;
		const { name, type } = entry;
		let firsts = firstsByType.get(type);
		if (firsts === undefined) {
			firsts = new Map();
			firstsByType.set(type, firsts);
		}
		const first = firsts.get(name);
		if (first === undefined) {
			firsts.set(name, index);
			return;
		}
		const label = type === undefined ? quote(name) : `${type} ${quote(name)}`;
		const message = `${label} stands at ${formatPath([...at, first])} already; remove or rename one of them`;
		findings.push({ code: `duplicate-${noun}`, at: [...at, index], message });
	});
	return findings;
}
