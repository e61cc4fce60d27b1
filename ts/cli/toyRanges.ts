import { InvalidArgumentError } from "commander";
import type { ToyRange } from "../toys/ensemble.js";
import type { ToyStudy } from "../toys/toyStudy.js";

/** One of equal parts of every hypothesis, counted from 0. */
export interface ShardNumber {
	readonly index: number;
	readonly shards: number;
}

/** Toys of every hypothesis from `first` up to, and without, `end`. */
export interface ToyInterval {
	readonly first: number;
	readonly end: number;
}

/** `3/100`: the fourth of a hundred, for engines count from 0. */
export function parseShard(text: string): ShardNumber {
	const [index = Number.NaN, shards = Number.NaN] = wholeNumbers(text, "/", "It must have the form 3/100.");
	if (shards === 0) throw new InvalidArgumentError("There must be at least one shard.");
	if (index < shards) return { index, shards };
	throw new InvalidArgumentError(
		`Shards are counted from 0: the first is 0/${shards}, the last ${shards - 1}/${shards}.`,
	);
}

/** `0:500`: the first 500 toys of each hypothesis. */
export function parseInterval(text: string): ToyInterval {
	const [first = Number.NaN, end = Number.NaN] = wholeNumbers(
		text,
		":",
		"It must have the form first:end, like 0:500.",
	);
	if (first < end) return { first, end };
	throw new InvalidArgumentError("It must go up, like 0:500 for toys 0 to 499.");
}

/** The toys of one shard of a study. */
export function rangesOfShard({ toys }: ToyStudy, { index, shards }: ShardNumber): ToyRange[] {
	return toys.flatMap((count, ensemble) => {
		const [first, end] = [index, index + 1].map((i) => Math.floor((i * count) / shards)) as [number, number];
		return end > first ? [{ ensemble, first, count: end - first }] : [];
	});
}

/** The toys of an interval that a study has. */
export function rangesOfInterval({ toys }: ToyStudy, { first, end }: ToyInterval): ToyRange[] {
	return toys.flatMap((count, ensemble) => {
		const last = Math.min(end, count);
		return last > first ? [{ ensemble, first, count: last - first }] : [];
	});
}

/** The parts of some ranges that lie in others. */
export function intersect(ranges: readonly ToyRange[], others: readonly ToyRange[]): ToyRange[] {
	return ranges.flatMap(({ ensemble, first, count }) =>
		others.flatMap((other) => {
			const from = Math.max(first, other.first);
			const end = Math.min(first + count, other.first + other.count);
			return other.ensemble === ensemble && end > from ? [{ ensemble, first: from, count: end - from }] : [];
		}),
	);
}

/** How many toys ranges have. */
export function countOf(ranges: readonly ToyRange[]): number {
	return ranges.reduce((sum, { count }) => sum + count, 0);
}

function wholeNumbers(text: string, separator: string, form: string): number[] {
	const parts = text.split(separator);
	if (parts.length !== 2 || !parts.every((part) => /^\d{1,15}$/.test(part))) throw new InvalidArgumentError(form);
	return parts.map(Number);
}
