import type { Problem } from "../errors.js";
import { formatPath, type PathSegment } from "./path.js";

/** A problem with its place still in steps, as the checks find it. */
export interface Finding {
	readonly code: string;
	readonly at: readonly PathSegment[];
	readonly message: string;
}

/** A finding as callers see it. */
export function toProblem({ code, at, message }: Finding): Problem {
	return Object.freeze({ code, path: formatPath(at), message });
}

/**
 * Findings in the order in which their places stand in `document`; those at one place keep their order.
 * A place that does not exist (a missing key) comes after what does.
 */
export function inDocumentOrder(findings: readonly Finding[], document: unknown): Finding[] {
	const keyOrder = new Map<object, Map<string, number>>();
	const ranksOf = ({ at }: Finding) => {
		let here: unknown = document;
		return at.map((segment) => {
			const rank = typeof segment === "number" ? segment : keyRank(here, segment, keyOrder);
			here = isObject(here) ? (here as Record<PathSegment, unknown>)[segment] : undefined;
			return rank;
		});
	};
	return findings
		.map((finding) => ({ finding, ranks: ranksOf(finding) }))
		.sort((a, b) => compareRanks(a.ranks, b.ranks))
		.map(({ finding }) => finding);
}

function keyRank(container: unknown, key: string, keyOrder: Map<object, Map<string, number>>): number {
	if (!isObject(container)) return 0;
	let ranks = keyOrder.get(container);
	if (ranks === undefined) {
		ranks = new Map(Object.keys(container).map((name, index) => [name, index]));
		keyOrder.set(container, ranks);
	}
	return ranks.get(key) ?? ranks.size;
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		if (a[i] !== b[i]) return a[i]! - b[i]!;
	}
	return a.length - b.length;
}
