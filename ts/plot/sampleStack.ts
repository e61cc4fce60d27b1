import { OptionError } from "../errors.js";
import type { ChannelDistribution, Distributions } from "../inference/distributions.js";
import { OTHER_COLOUR, SAMPLE_COLOURS } from "./palette.js";

/** What is drawn in one colour: a sample, or several small ones together. */
export interface StackItem {
	readonly name: string;
	readonly colour: string;
	readonly samples: readonly string[];
}

/** A piece of a stacked bar. */
export interface StackPiece {
	readonly item: StackItem;
	readonly low: number;
	readonly high: number;
}

/**
 * What to stack, from the bottom up: the largest sample first, as the small ones on top follow the shape of the
 * sum. At most ten have a colour of their own; the smallest beyond are drawn together.
 *
 * @param names samples to draw on their own, from the top of the stack down, instead of the ten largest
 * @throws OptionError where a name is unknown or there are more names than colours
 */
export function stackItems(distributions: Distributions, names: readonly string[] | undefined): readonly StackItem[] {
	const yields = new Map<string, number>();
	for (const { samples } of distributions.channels) {
		for (const { name, rates } of samples) {
			yields.set(
				name,
				rates.reduce((sum, rate) => sum + Math.abs(rate), yields.get(name) ?? 0),
			);
		}
	}
	const sorted = [...yields.keys()].sort((a, b) => yields.get(b)! - yields.get(a)! || (a < b ? -1 : 1));
	const own = names === undefined ? sorted.slice(0, SAMPLE_COLOURS.length) : ownSamples(names, yields).reverse();
	const rest = sorted.filter((name) => !own.includes(name));
	const items = own.map((name, i) => ({ name, colour: SAMPLE_COLOURS[i]!, samples: [name] }));
	if (rest.length === 0) return items;
	return [
		{ name: rest.length === 1 ? rest[0]! : `${rest.length} others`, colour: OTHER_COLOUR, samples: rest },
		...items,
	];
}

function ownSamples(names: readonly string[], known: ReadonlyMap<string, unknown>): string[] {
	const unique = [...new Set(names)];
	if (unique.length > SAMPLE_COLOURS.length) {
		throw new OptionError(
			"too-many-samples",
			`${SAMPLE_COLOURS.length} samples can be told apart by colour, not ${unique.length}`,
			"options.samples",
		);
	}
	for (const name of unique) {
		if (!known.has(name))
			throw new OptionError("unknown-sample", `no channel has a sample "${name}"`, "options.samples");
	}
	return unique;
}

/** The stacked bar of one bin, from the bottom up; negative rates are stacked downwards from zero. */
export function stackBin(
	items: readonly StackItem[],
	channel: ChannelDistribution,
	bin: number,
): readonly StackPiece[] {
	let [up, down] = [0, 0];
	return items.flatMap((item) => {
		let rate = 0;
		for (const { name, rates } of channel.samples) if (item.samples.includes(name)) rate += rates[bin] ?? 0;
		if (rate === 0) return [];
		const from = rate > 0 ? up : down;
		if (rate > 0) up += rate;
		else down += rate;
		return [{ item, low: Math.min(from, from + rate), high: Math.max(from, from + rate) }];
	});
}
