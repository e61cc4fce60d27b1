import { OptionError } from "../errors.js";
import type { Distributions } from "../inference/distributions.js";
import { distributionPanels, PREFIT_DASHES } from "./distributionPanel.js";
import { figure, figureWidth, titleBlock } from "./figure.js";
import { hatch } from "./hatch.js";
import { boxSwatch, dotSwatch, type LegendEntry, legendBlock, lineSwatch } from "./legend.js";
import { ALERT, INK } from "./palette.js";
import { planPanels } from "./panelPlan.js";
import { type StackItem, stackItems } from "./sampleStack.js";
import { element, type SvgNode } from "./svgNode.js";

/** How to draw distributions. Labels may hold `_{…}` and `^{…}`. */
export interface DistributionOptions {
	readonly title?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
	/** Counts on a logarithmic axis; by default where the totals of a panel span more than a factor of 100. */
	readonly logY?: boolean;
	/** Which channels, in this order; all by default. */
	readonly channels?: readonly string[];
	/** Samples with a colour of their own, from the top of the stack down (at most ten); the ten largest by default. */
	readonly samples?: readonly string[];
	/** Edges of the bins by channel, one more than bins; bins are numbered from 0 otherwise. */
	readonly binEdges?: Readonly<Record<string, readonly number[]>>;
	/** Label of the x axis by channel, with its unit. */
	readonly xLabels?: Readonly<Record<string, string>>;
}

/**
 * Observed and expected distributions as an SVG: samples stacked, the total with its uncertainty hatched, data
 * with central 68.27 % intervals of a Poisson mean (Garwood), and data over model below with the relative
 * uncertainty. Counts are per bin, whatever its width.
 *
 * All channels are in one figure; those with few bins stand next to each other in a common panel.
 *
 * @throws OptionError where there is no channel to draw or an option does not fit
 */
export function renderDistributions(distributions: Distributions, options: DistributionOptions = {}): string {
	return draw([distributions], options);
}

/**
 * Distributions before and after a fit side by side on common axes, each as {@link renderDistributions} draws
 * them; after the fit, the total before it is a dashed line.
 *
 * @throws OptionError where the two are not of the same channels and bins, and as renderDistributions does
 */
export function renderPrefitPostfit(
	prefit: Distributions,
	postfit: Distributions,
	options: DistributionOptions = {},
): string {
	const shape = ({ channels }: Distributions) =>
		JSON.stringify(channels.map(({ name, total }) => [name, total.length]));
	if (shape(prefit) !== shape(postfit)) {
		throw new OptionError("channels-differ", "both distributions must be of the same model", "postfit");
	}
	return draw([prefit, postfit], options);
}

function draw(columns: readonly Distributions[], options: DistributionOptions): string {
	const first = columns[0]!;
	const width = figureWidth(options.width);
	const plans = planPanels(first, options, (width - 60) / columns.length);
	if (plans.length === 0) throw new OptionError("no-channels", "there is no channel to draw", "options.channels");
	const log =
		options.logY ??
		columns.some((column) =>
			spansWidely(
				column,
				plans.map((plan) => plan.channels.map(({ name }) => name)),
			),
		);
	const items = stackItems(first, options.samples);
	// On a logarithmic axis the small ones must be at the bottom to be seen at all.
	const stacked = log ? [...items].reverse() : items;

	const title = titleBlock(options.title, width);
	const nodes: SvgNode[] = [...title.nodes];
	const legend = legendBlock(legendEntries(stacked, columns.length > 1), 8, width - 4, title.height + 4);
	nodes.push(...legend.nodes);
	let top = title.height + legend.height + 4;

	const perRow =
		columns.length > 1 || plans.length < 4 ? Math.max(1, Math.floor(width / 400)) : Math.floor(width / 210);
	const cell = width / Math.min(perRow, plans.length);
	for (let row = 0; row < plans.length; row += perRow) {
		const blocks = plans.slice(row, row + perRow).map((plan, i) => {
			const style = {
				items: stacked,
				log,
				height: Math.min(260, Math.round(cell * (columns.length > 1 ? 0.38 : 0.44)) + 20),
			};
			return distributionPanels(plan, columns, style, { left: i * cell, top, width: cell });
		});
		nodes.push(...blocks.flatMap((block) => block.nodes));
		top += Math.max(...blocks.map((block) => block.height)) + 6;
	}
	const label = columns.length > 1 ? "distributions before and after the fit" : "distributions";
	return figure(width, top, label, nodes);
}

/** Whether the totals of a panel's channels differ by more than a linear axis can show. */
function spansWidely({ channels }: Distributions, panels: readonly (readonly string[])[]): boolean {
	return panels.some((names) => {
		const totals = channels
			.filter(({ name }) => names.includes(name))
			.flatMap(({ total }) => [...total].filter((rate) => rate > 0));
		return Math.max(...totals) > 100 * Math.min(...totals);
	});
}

function legendEntries(items: readonly StackItem[], twoColumns: boolean): readonly LegendEntry[] {
	const line = lineSwatch(INK, undefined, 1);
	const dot = dotSwatch(2.4);
	return [
		{
			name: "data",
			swatch: (x, y, width, height) => [
				element("line", {
					x1: x + width / 2,
					x2: x + width / 2,
					y1: y - 1,
					y2: y + height + 1,
					stroke: INK,
					"stroke-width": 1.2,
				}),
				...dot(x, y, width, height),
			],
		},
		...[...items].reverse().map(({ name, colour }) => ({ name, swatch: boxSwatch(colour) })),
		{
			name: "total, uncertainty",
			swatch: (x, y, width, height) => [
				hatch([{ x1: x, x2: x + width, y1: y, y2: y + height }]),
				...line(x, y, width, height),
			],
		},
		...(twoColumns ? [{ name: "total before the fit", swatch: lineSwatch(ALERT, PREFIT_DASHES, 1.3) }] : []),
	];
}
