import type { ToyDistribution } from "../toys/toyDistribution.js";
import type { JsonRecord } from "./json.js";
import { formatNumber, formatSignificant } from "./rounding.js";
import type { Cell } from "./table.js";

/** What every result of toys says of how they were made. */
interface MadeOfToys {
	readonly seed: number;
	readonly auxiliary: string;
	readonly complete: boolean;
	readonly digest: string;
	readonly study: string;
}

/** A probability with its error; four digits where it has none, a dash where there is no number. */
export function probability(value: number | undefined, uncertainty: number | undefined): Cell {
	if (value === undefined) return "-";
	return uncertainty === undefined ? { value, digits: 4 } : { value, uncertainty, digits: 4 };
}

/** A digit more than the error has: `0.2345`. */
export const significant = (value: number) => formatSignificant(value, 4);

/** How toys were made, how many of them failed and whether some are missing, as notes below a table. */
export function toyNotes(
	result: MadeOfToys,
	hypotheses: readonly { readonly name: string; readonly distribution: ToyDistribution }[],
): string[] {
	const made = hypotheses.map(({ name, distribution }) => `${distribution.toys} of ${name}`).join(" and ");
	return [
		`Toys: ${made}; auxiliary data ${result.auxiliary}, seed ${result.seed}.`,
		...hypotheses.flatMap(({ name, distribution }) => [
			...weightingNotes(name, distribution),
			...failureNotes(name, distribution),
		]),
		...(result.complete ? [] : ["Not all toys of the study are there yet."]),
		`Digest of all statistics ${result.digest}.`,
	];
}

function weightingNotes(name: string, { generatedAt }: ToyDistribution): string[] {
	if (generatedAt.length === 1) return [];
	const [first, last] = [generatedAt[0]!, generatedAt.at(-1)!].map((mu) => formatNumber(mu));
	return [`Toys of ${name} were generated at ${generatedAt.length} values from ${first} to ${last} and weighted.`];
}

function failureNotes(name: string, { counts, failures, toys }: ToyDistribution): string[] {
	if (failures.length === 0) return [];
	const ways = Object.entries(counts)
		.filter(([status, count]) => status !== "converged" && count > 0)
		.map(([status, count]) => `${count} ${status}`);
	return [`Fits of ${failures.length} of ${toys} toys of ${name} failed (${ways.join(", ")}); they count nowhere.`];
}

/** The toys of one hypothesis as JSON: how many there are, how their fits ended, and which failed. */
export function distributionRecord({ mu, generatedAt, toys, counts, failures }: ToyDistribution): JsonRecord {
	return {
		poi: mu,
		generated_at: generatedAt,
		toys,
		counts,
		failures: failures.map(({ toy, status }) => ({ toy, status })),
	};
}

/** What is the same in the JSON of every result of toys. */
export function madeRecord({ seed, auxiliary, complete, digest, study }: MadeOfToys): JsonRecord {
	return { calctype: "toybased", seed, auxiliary, complete, digest, study };
}
