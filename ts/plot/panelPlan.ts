import { OptionError } from "../errors.js";
import type { ChannelDistribution, Distributions } from "../inference/distributions.js";
import type { DistributionOptions } from "./distributions.js";
import type { Ticks } from "./panel.js";
import { FONT, shorten, textWidth } from "./text.js";

/** Where the bins of one channel lie on the x axis of its panel: `edges.length` is the number of bins + 1. */
export interface PlannedChannel {
	readonly name: string;
	readonly edges: readonly number[];
}

/** One panel: a channel of its own, or channels of few bins next to each other. */
export interface PanelPlan {
	readonly channels: readonly PlannedChannel[];
	/** Labels are channels and not values of the observable. */
	readonly shared: boolean;
	readonly xLabel: string | undefined;
	/** Whether the x axis has values, not bin numbers. */
	readonly numeric: boolean;
}

/** Channels of at most so many bins share a panel. */
const FEW_BINS = 4;
/** Bins narrower than so many px cannot carry a turned label. */
const NARROWEST = 14;

/**
 * Groups channels into panels. Published likelihoods have up to 40 channels of one bin each: these stand next
 * to each other with their names below, in as few panels as the width allows, evenly filled. Channels of more
 * bins, or with bin edges or an axis label of their own, have a panel each.
 *
 * @throws OptionError where an option names an unknown channel or edges do not fit
 */
export function planPanels(
	distributions: Distributions,
	options: DistributionOptions,
	width: number,
): readonly PanelPlan[] {
	const known = new Map(distributions.channels.map((channel) => [channel.name, channel]));
	for (const [option, names] of [
		["channels", options.channels ?? []],
		["binEdges", Object.keys(options.binEdges ?? {})],
		["xLabels", Object.keys(options.xLabels ?? {})],
	] as const) {
		const unknown = names.find((name) => !known.has(name));
		if (unknown !== undefined) {
			const message = `there is no channel "${unknown}"; there are ${[...known.keys()].join(", ")}`;
			throw new OptionError("unknown-channel", message, `options.${option}`);
		}
	}
	const channels = (options.channels ?? [...known.keys()]).map((name) => known.get(name)!);
	const shares = (channel: ChannelDistribution) =>
		channel.total.length <= FEW_BINS &&
		options.binEdges?.[channel.name] === undefined &&
		options.xLabels?.[channel.name] === undefined;
	const few = channels.filter(shares);
	const alone = few.length < 2 ? channels : channels.filter((channel) => !shares(channel));
	const together = few.length < 2 ? [] : fill(few, Math.max(2, Math.floor(width / NARROWEST)));
	return [...alone.map((channel) => ownPanel(channel, options)), ...together.map(sharedPanel)];
}

function ownPanel({ name, total }: ChannelDistribution, options: DistributionOptions): PanelPlan {
	const given = options.binEdges?.[name];
	const edges = given ?? Array.from({ length: total.length + 1 }, (_, i) => i);
	if (
		edges.length !== total.length + 1 ||
		edges.some((edge, i) => !(edge > (edges[i - 1] ?? -Infinity)) || !Number.isFinite(edge))
	) {
		const message = `${total.length} bins have ${total.length + 1} finite, ascending edges`;
		throw new OptionError("bad-bin-edges", message, `options.binEdges.${name}`);
	}
	const xLabel = options.xLabels?.[name] ?? (given === undefined ? "bin" : undefined);
	return { channels: [{ name, edges }], shared: false, xLabel, numeric: given !== undefined };
}

function sharedPanel(channels: readonly ChannelDistribution[]): PanelPlan {
	let first = 0;
	const planned = channels.map(({ name, total }) => {
		const edges = Array.from({ length: total.length + 1 }, (_, i) => first + i);
		first += total.length;
		return { name, edges };
	});
	return { channels: planned, shared: true, xLabel: undefined, numeric: false };
}

/** Splits channels into runs of at most so many bins, of about equal length. */
function fill(channels: readonly ChannelDistribution[], most: number): readonly (readonly ChannelDistribution[])[] {
	const bins = channels.reduce((sum, { total }) => sum + total.length, 0);
	const target = bins / Math.ceil(bins / most);
	const runs: ChannelDistribution[][] = [];
	let filled = 0;
	for (const channel of channels) {
		// A channel opens a new run where its middle lies beyond what the runs so far are to hold.
		const isNext = filled + channel.total.length / 2 > runs.length * target;
		if (isNext) runs.push([]);
		runs.at(-1)?.push(channel);
		filled += channel.total.length;
	}
	return runs;
}

/** Ticks at channels or bins, and how their labels are set. */
export interface BinTicks extends Ticks {
	/** −90 where labels are turned, else 0. */
	readonly rotate: 0 | -90;
	readonly fontSize: number;
	/** Height of the labels in px. */
	readonly height: number;
}

/** Longer names are shortened; published channels have up to 25 characters, which fit. */
const LONGEST_LABEL = 190;

/** Names below channels, or numbers below bins; `width` is the plotting area's, in px. */
export function binTicks(plan: PanelPlan, width: number): BinTicks {
	const edges = plan.channels.flatMap((channel) => channel.edges);
	const unit = width / (Math.max(...edges) - Math.min(...edges));
	if (!plan.shared) {
		const bins = edges.length - 1;
		const widest = textWidth(String(bins - 1), FONT.tick) + 6;
		const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => step * unit >= widest) ?? 1000;
		const shown = Array.from({ length: Math.ceil(bins / every) }, (_, i) => i * every);
		return {
			at: shown.map((bin) => bin + 0.5),
			labels: shown.map(String),
			bare: [],
			rotate: 0,
			fontSize: FONT.tick,
			height: FONT.tick,
		};
	}
	const at = plan.channels.map(({ edges }) => (edges[0]! + edges.at(-1)!) / 2);
	const fits = plan.channels.every(({ name, edges }) => textWidth(name, FONT.name) + 5 <= (edges.length - 1) * unit);
	if (fits) {
		return {
			at,
			labels: plan.channels.map(({ name }) => name),
			bare: [],
			rotate: 0,
			fontSize: FONT.tick,
			height: FONT.tick,
		};
	}
	const labels = plan.channels.map(({ name }) => shorten(name, FONT.name, LONGEST_LABEL));
	const height = Math.max(...labels.map((label) => textWidth(label, FONT.name)));
	return { at, labels, bare: [], rotate: -90, fontSize: FONT.name, height };
}
