import type { ChannelDistribution, Distributions } from "../inference/distributions.js";
import type { JsonRecord } from "./json.js";
import { roundPdg } from "./rounding.js";
import type { Table } from "./table.js";

/** A column's title for each kind of distribution. */
const TITLES = { prefit: "pre-fit", postfit: "post-fit" } as const;

/**
 * Expected events per channel and sample, their total with its uncertainty, and the observed events: one
 * column for each of the given distributions, which are of the same model (before and after its fit).
 */
export function yieldTable(first: Distributions, ...others: readonly Distributions[]): Table {
	const all = [first, ...others];
	const rows = first.channels.flatMap((channel, c) => {
		const versions = all.map((distributions) => distributions.channels[c]!);
		return [
			...channel.samples.map((sample, s) => [
				channel.name,
				sample.name,
				...versions.map((version) => ({ value: sum(version.samples[s]!.rates), ...precision(version) })),
			]),
			[
				channel.name,
				"total",
				...versions.map((version) => ({
					value: version.yield,
					uncertainty: version.yieldUncertainty,
					...precision(version),
				})),
			],
			[channel.name, "observed", ...versions.map(({ observed }) => sum(observed))],
		];
	});
	return {
		title: "Events",
		columns: [
			{ title: "channel", kind: "text" },
			{ title: "sample", kind: "text" },
			...all.map(({ kind }) => ({ title: TITLES[kind], kind: "measured" as const })),
		],
		rows,
		notes: [],
	};
}

/** One decimal more for the samples than the total has by the PDG rule. */
function precision({ yield: total, yieldUncertainty }: ChannelDistribution): { digits: number } | { decimals: number } {
	if (!(yieldUncertainty > 0 && yieldUncertainty < Number.POSITIVE_INFINITY)) return { decimals: 2 };
	const { uncertainty, exponent } = roundPdg(total, yieldUncertainty);
	if (exponent !== 0) return { digits: 4 };
	return { decimals: (uncertainty.split(".")[1]?.length ?? 0) + 1 };
}

/** Distributions as JSON: per channel the `observed`, `samples`, `total` and `uncertainty` in each bin, and the `yield`. */
export function distributionsRecord(distributions: Distributions): JsonRecord {
	return Object.fromEntries(
		distributions.channels.map((channel) => [
			channel.name,
			{
				observed: Array.from(channel.observed),
				samples: Object.fromEntries(channel.samples.map(({ name, rates }) => [name, Array.from(rates)])),
				total: Array.from(channel.total),
				uncertainty: Array.from(channel.uncertainty),
				yield: channel.yield,
				yield_uncertainty: channel.yieldUncertainty,
			},
		]),
	);
}

function sum(values: Float64Array): number {
	return values.reduce((total, value) => total + value, 0);
}
