import { firstHole } from "./sparseArray.js";

/**
 * Whether two JSON values are equal as RFC 6902 has it: numbers by value, objects without regard to the
 * order of keys. It keeps its own stack, so neither depth nor a cycle in memory can break it; a sparse
 * array equals nothing.
 */
export function jsonEquals(a: unknown, b: unknown): boolean {
	const compared = new Map<object, Set<object>>();
	const pairs: [unknown, unknown][] = [[a, b]];
	let pairsSeen = 0;
	for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
		const [left, right] = pair;
		if (left === right) continue;
		if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
		// Only a cycle brings so many, and keeping account of every pair takes longer than comparing them.
		if (pairsSeen++ > 1_000_000 && alreadyCompared(left, right, compared)) continue;
		const children = childPairs(left, right);
		if (children === undefined) return false;
		for (const child of children) pairs.push(child);
	}
	return true;
}

function alreadyCompared(left: object, right: object, compared: Map<object, Set<object>>): boolean {
	const partners = compared.get(left);
	if (partners === undefined) compared.set(left, new Set([right]));
	else if (partners.has(right)) return true;
	else partners.add(right);
	return false;
}

/** The values that must be equal in turn; `undefined` where the containers differ already. */
function childPairs(left: object, right: object): [unknown, unknown][] | undefined {
	if (Array.isArray(left) || Array.isArray(right)) {
		if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return undefined;
		if (firstHole(left) !== undefined || firstHole(right) !== undefined) return undefined;
		return left.map((entry, i) => [entry, right[i]]);
	}
	const keys = Object.keys(left);
	if (keys.length !== Object.keys(right).length || !keys.every((key) => Object.hasOwn(right, key))) return undefined;
	return keys.map((key) => [(left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]]);
}
