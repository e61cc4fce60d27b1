import * as Plot from "@observablehq/plot";
import { OptionError } from "../errors.js";
import type { ImpactsResult, Pull } from "../inference/impacts.js";
import type { MovedFits, RefittedImpactsResult } from "../inference/refittedImpacts.js";
import { formatPdg } from "../report/rounding.js";
import { figure, figureWidth, titleBlock } from "./figure.js";
import { boxSwatch, dotSwatch, type LegendEntry, legendBlock, lineSwatch } from "./legend.js";
import { FAINT, INK, SAMPLE_COLOURS } from "./palette.js";
import {
	bottomAxis,
	drawPanel,
	type Frame,
	type Marks,
	overhang,
	type Scale,
	scaleTicks,
	type Ticks,
} from "./panel.js";
import { parameterLabel } from "./parameterLabel.js";
import { element, type SvgNode } from "./svgNode.js";
import { FONT, shorten, textElement, textWidth, wrap } from "./text.js";
import { minus, numberLabel, tickLabels } from "./ticks.js";

/** How to draw impacts. */
export interface ImpactPlotOptions {
	readonly title?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
	/** How many nuisance parameters to draw, the largest impacts first; 20 by default. */
	readonly most?: number;
}

/** Impacts of a parameter moved up and down. */
interface Shift {
	readonly up: number;
	readonly down: number;
}

/** A nuisance parameter of one row. */
interface Row extends Pull {
	readonly postfit: Shift;
	readonly prefit: Shift | undefined;
}

const MOST = 20;
const ROW = 16;
const GAP = 16;
const UP_COLOUR = SAMPLE_COLOURS[3]!;
const DOWN_COLOUR = SAMPLE_COLOURS[4]!;

/**
 * The ranking of nuisance parameters as an SVG: on the left their pulls, (θ − θ₀)/σ₀ with the uncertainty after the fit
 * over that before, on the right their impacts on the parameter of interest when moved up and down, after the fit (filled)
 * and before (open). Parameters without a constraint show their value in place of a pull.
 *
 * @throws OptionError where there is no parameter to draw
 */
export function renderImpacts(impacts: ImpactsResult | RefittedImpactsResult, options: ImpactPlotOptions = {}): string {
	const all = rows(impacts);
	const shown = all.slice(0, options.most ?? MOST);
	if (shown.length === 0) {
		throw new OptionError("no-parameters", "no nuisance parameter has an impact: there is nothing to draw", "impacts");
	}
	const width = figureWidth(options.width);
	const title = titleBlock(options.title, width);
	const poi = parameterLabel(impacts.poi, width * 0.4);
	const head = textElement(minus(`${poi} = ${formatPdg(impacts.bestFit, impacts.uncertainty)}`), {
		x: width - 8,
		y: title.height + 15,
		"text-anchor": "end",
		"font-size": FONT.legend,
	});
	const legend = legendBlock(legendEntries(shown), 8, width - 4, title.height + 22);
	const top = title.height + 22 + legend.height + 4;

	const names = shown.map(({ parameter }) => shorten(parameter, FONT.name, width * 0.36));
	const left = Math.ceil(Math.max(...names.map((name) => textWidth(name, FONT.name))) + 12);
	const height = shown.length * ROW + 6;
	const impactScale = symmetric(shown.flatMap(({ postfit, prefit }) => [...shifts(postfit), ...shifts(prefit)]));
	const half = (width - left - GAP - 10) / 2;
	const pullFrame: Frame = { left, top, width: Math.floor(half), height };
	const impactLeft = left + pullFrame.width + GAP;
	const room = overhang(centredTicks(impactScale, half));
	const impactFrame: Frame = {
		left: impactLeft,
		top,
		width: Math.floor(width - impactLeft - Math.max(8, room)),
		height,
	};

	const baseline = (i: number) => top + ((i + 0.5) / shown.length) * height + 4;
	const labels = shown.map(({ parameter }, i) => {
		const text = textElement(names[i]!, { x: left - 6, y: baseline(i), "text-anchor": "end", "font-size": FONT.name });
		if (names[i] !== parameter) text.appendChild(element("title", {}, [parameter]));
		return text;
	});
	const hidden = all.slice(shown.length);
	const sentence = (row: Row) => `and ${hidden.length} more, none with an impact above ${numberLabel(largest(row))}`;
	const lines = hidden.length === 0 ? [] : wrap(sentence(hidden[0]!), FONT.name, width - 16);
	const rest = lines.map((line, i) =>
		textElement(line, { x: 8, y: top + height + 58 + 14 * i, "font-size": FONT.name }),
	);
	return figure(width, top + height + 46 + (rest.length > 0 ? 8 + 14 * rest.length : 0), `impacts on ${impacts.poi}`, [
		...title.nodes,
		head,
		...legend.nodes,
		...labels,
		pullPanel(shown, pullFrame),
		...valueLabels(shown, pullFrame, baseline),
		impactPanel(shown, impactFrame, impactScale),
		axisTitle("(θ − θ_{0}) / σ_{0}", pullFrame),
		axisTitle(`impact on ${poi}`, impactFrame),
		...rest,
	]);
}

function rows(impacts: ImpactsResult | RefittedImpactsResult): readonly Row[] {
	return impacts.ranking.map((impact) => ({
		...impact,
		postfit: shift(impact.postfit),
		prefit: impact.prefit === undefined ? undefined : shift(impact.prefit),
	}));
}

/** To first order, down is the opposite of up. */
function shift(impact: number | MovedFits): Shift {
	if (typeof impact === "number") return { up: impact, down: -impact };
	return { up: impact.up.impact, down: impact.down.impact };
}

function shifts(shift: Shift | undefined): readonly number[] {
	return shift === undefined ? [] : [shift.up, shift.down];
}

function largest({ postfit }: Row): number {
	return Math.max(...shifts(postfit).map(Math.abs));
}

/** An axis with 0 in the middle. */
function symmetric(values: readonly number[]): Scale {
	const reach = 1.08 * Math.max(...values.map(Math.abs)) || 1;
	return { domain: [-reach, reach] };
}

/** Ticks of an axis with 0 in the middle: as many as fit, and one to either side at the least. */
function centredTicks(scale: Scale, length: number): Ticks {
	const ticks = scaleTicks(scale, length);
	if (ticks.at.length >= 3) return ticks;
	const reach = scale.domain[1];
	const decade = 10 ** Math.floor(Math.log10(0.75 * reach));
	const step = Number(((([5, 2].find((m) => m * decade <= 0.75 * reach) ?? 1) as number) * decade).toPrecision(1));
	const at = [-step, 0, step];
	const labels = tickLabels(at);
	const room = ((step / reach) * length) / 2;
	if (room > textWidth(labels[0]!, FONT.tick) / 2 + 8) return { at, labels, bare: [] };
	return { at: [step], labels: labels.slice(2), bare: [-step, 0] };
}

function pullPanel(list: readonly Row[], frame: Frame): SvgNode {
	const constrained = list.filter(({ pull }) => pull !== undefined);
	const reach = Math.max(
		1.9,
		...constrained.map(({ pull = 0, constraint = 0 }) => 1.05 * (Math.abs(pull) + constraint)),
	);
	const x: Scale = { domain: [-reach, reach] };
	const at = (row: Row) => list.indexOf(row) + 0.5;
	return drawPanel(frame, x, { domain: [list.length, 0] }, [
		Plot.ruleX([-1, 1], { stroke: FAINT, strokeDasharray: "2 2" }),
		Plot.ruleX([0], { stroke: FAINT }),
		Plot.ruleY(constrained, {
			x1: ({ pull = 0, constraint = 0 }: Row) => pull - constraint,
			x2: ({ pull = 0, constraint = 0 }: Row) => pull + constraint,
			y: at,
			stroke: INK,
			strokeWidth: 1.3,
			ariaDescription: "constraints",
		}),
		Plot.dot(constrained, { x: "pull", y: at, r: 2.4, fill: INK, ariaDescription: "pulls" }),
		...bottomAxis(centredTicks(x, frame.width)),
	]);
}

/** Values of the parameters without a constraint, where the others have their pulls. */
function valueLabels(list: readonly Row[], frame: Frame, baseline: (i: number) => number): readonly SvgNode[] {
	return list.flatMap(({ pull, bestFit, uncertainty }, i) => {
		if (pull !== undefined) return [];
		const [pair = "", exponent] = formatPdg(bestFit, uncertainty).split("e");
		const text = minus(exponent === undefined ? pair : `${pair}×10^{${exponent}}`);
		const x = frame.left + frame.width / 2;
		const width = textWidth(text, FONT.name);
		return [
			// The lines of the pulls must not run through it.
			element("rect", { x: x - width / 2 - 2, y: baseline(i) - 11, width: width + 4, height: 14, fill: "#fff" }),
			textElement(text, { x, y: baseline(i), "text-anchor": "middle", "font-size": FONT.name }),
		];
	});
}

function impactPanel(list: readonly Row[], frame: Frame, x: Scale): SvgNode {
	/** Bars from 0, in the row from `above` to `below` its top. */
	const bars = (
		value: (row: Row) => number | undefined,
		[above, below]: readonly [number, number],
		options: Record<string, unknown>,
	) =>
		Plot.rect(
			list.filter((row) => value(row) !== undefined),
			{
				x1: (row: Row) => Math.min(0, value(row) ?? 0),
				x2: (row: Row) => Math.max(0, value(row) ?? 0),
				y1: (row: Row) => list.indexOf(row) + above,
				y2: (row: Row) => list.indexOf(row) + below,
				...options,
			},
		);
	const filled = [0.24, 0.76] as const;
	const open = [0.1, 0.9] as const;
	const postfit = (side: keyof Shift, first: boolean) => (row: Row) => {
		// Of two bars on one side, the longer one lies behind.
		const other = side === "up" ? "down" : "up";
		const longer = Math.abs(row.postfit[side]) > Math.abs(row.postfit[other]);
		return (longer || (side === "up" && row.postfit.up === -row.postfit.down)) === first
			? row.postfit[side]
			: undefined;
	};
	const sides = [
		["up", UP_COLOUR],
		["down", DOWN_COLOUR],
	] as const;
	const marks: Marks = [
		...[true, false].flatMap((first) =>
			sides.map(([side, fill]) => bars(postfit(side, first), filled, { fill, ariaDescription: `post-fit ${side}` })),
		),
		...sides.map(([side, stroke]) =>
			bars((row) => row.prefit?.[side], open, {
				fill: "none",
				stroke,
				strokeWidth: 1.1,
				ariaDescription: `pre-fit ${side}`,
			}),
		),
		Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
		...bottomAxis(centredTicks(x, frame.width)),
	];
	return drawPanel(frame, x, { domain: [list.length, 0] }, marks);
}

function axisTitle(text: string, frame: Frame): SvgNode {
	return textElement(text.includes("_{") ? text : shorten(text, FONT.legend, frame.width + GAP), {
		x: frame.left + frame.width / 2,
		y: frame.top + frame.height + 36,
		"text-anchor": "middle",
		"font-size": FONT.legend,
	});
}

function legendEntries(shown: readonly Row[]): readonly LegendEntry[] {
	const open =
		(stroke: string): LegendEntry["swatch"] =>
		(x, y, width, height) => [element("rect", { x, y, width, height, fill: "#fff", stroke, "stroke-width": 1.1 })];
	const [line, dot] = [lineSwatch(INK, undefined, 1.3), dotSwatch(2.4)];
	return [
		{ name: "pull", swatch: (...box) => [...line(...box), ...dot(...box)] },
		{ name: "+σ post-fit", swatch: boxSwatch(UP_COLOUR) },
		{ name: "−σ post-fit", swatch: boxSwatch(DOWN_COLOUR) },
		...(shown.every(({ prefit }) => prefit === undefined)
			? []
			: [
					{ name: "+σ pre-fit", swatch: open(UP_COLOUR) },
					{ name: "−σ pre-fit", swatch: open(DOWN_COLOUR) },
				]),
	];
}
