import * as Plot from "@observablehq/plot";
import { OptionError } from "../errors.js";
import type { BoundSide, FitResult } from "../inference/fit.js";
import { nominalOf } from "../model/nominal.js";
import type { ParameterSet } from "../model/parameterTable.js";
import { formatPdg } from "../report/rounding.js";
import { type Block, figure, figureWidth, titleBlock } from "./figure.js";
import { boxSwatch, dotSwatch, type LegendEntry, legendBlock, lineSwatch } from "./legend.js";
import { ALERT, FAINT, INK, ONE_SIGMA_COLOUR, TWO_SIGMA_COLOUR } from "./palette.js";
import {
	bottomAxis,
	bottomLabel,
	drawPanel,
	type Frame,
	type Marks,
	overhang,
	type Scale,
	scaleTicks,
} from "./panel.js";
import { element, type SvgNode } from "./svgNode.js";
import { FONT, shorten, textElement, textWidth } from "./text.js";
import { minus, numberLabel } from "./ticks.js";

/** How to draw pulls. */
export interface PullOptions {
	readonly title?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
	/** How many nuisance parameters to draw, the largest pulls first; 30 by default. */
	readonly most?: number;
}

/** A parameter of one row. */
interface Row {
	readonly name: string;
	readonly value: number;
	/** 0 at a bound. */
	readonly error: number;
	readonly atBound: BoundSide;
}

const ROW = 15;

/**
 * Pulls of a fit as an SVG: how far each constrained nuisance parameter moved from its nominal value, and its
 * uncertainty, both in units of the uncertainty of its constraint (σ of a Gaussian, 1/√τ of a Poisson); the
 * largest first. Parameters without a constraint follow below with their values. Fixed parameters are left out;
 * one at a bound has no uncertainty and is marked by a triangle that points to the bound.
 *
 * @param parameterSets of the model that was fitted, `model.parameterSets`
 * @throws OptionError where the sets are not those of the fit, or every parameter was fixed
 */
export function renderPulls(fit: FitResult, parameterSets: readonly ParameterSet[], options: PullOptions = {}): string {
	const width = figureWidth(options.width);
	const { constrained, free } = rows(fit, parameterSets);
	if (constrained.length + free.length === 0) {
		throw new OptionError("no-parameters", "every parameter of this fit was fixed: there is nothing to draw", "fit");
	}
	const shown = constrained.slice(0, options.most ?? 30);
	const hidden = constrained.slice(shown.length);

	const title = titleBlock(options.title, width);
	const legend = legendBlock(legendEntries(shown, free), 8, width - 4, title.height + 4);
	const nodes: SvgNode[] = [...title.nodes, ...legend.nodes];
	let top = title.height + legend.height + 4;
	for (const [list, draw] of [
		[shown, pullPanel],
		[free, freePanel],
	] as const) {
		if (list.length === 0) continue;
		const block = draw(list, width, top);
		nodes.push(...block.nodes);
		top += block.height;
		if (list === shown && hidden.length > 0) {
			const largest = Math.max(...hidden.map(({ value }) => Math.abs(value)));
			const text = `and ${hidden.length} more, none pulled by more than ${numberLabel(largest)}σ`;
			nodes.push(textElement(text, { x: 8, y: top + 4, "font-size": FONT.name }));
			top += 22;
		}
	}
	return figure(width, top, "pulls of the nuisance parameters", nodes);
}

function rows(fit: FitResult, sets: readonly ParameterSet[]) {
	const size = sets.reduce((sum, set) => sum + set.size, 0);
	if (size !== fit.parameters.length) {
		const message = `the fit has ${fit.parameters.length} parameters, these sets have ${size}`;
		throw new OptionError("parameters-differ", message, "parameterSets");
	}
	const constrained: Row[] = [];
	const free: Row[] = [];
	for (const set of sets) {
		for (let i = 0; i < set.size; i++) {
			const index = set.first + i;
			if (fit.fixed[index]) continue;
			const name = fit.parameterNames[index]!;
			const [value, error, atBound] = [fit.parameters[index]!, fit.uncertainties[index]!, fit.atBound[index]];
			const nominal = nominalOf(set, i);
			if (nominal === undefined) {
				free.push({ name, value, error, atBound });
				continue;
			}
			const pull = (value - nominal.value) / nominal.uncertainty;
			constrained.push({ name, value: pull, error: error / nominal.uncertainty, atBound });
		}
	}
	constrained.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
	return { constrained, free };
}

function pullPanel(list: readonly Row[], width: number, top: number): Block {
	const reach = Math.max(2.4, ...list.map(({ value, error }) => (Math.abs(value) + error) * 1.05));
	const band = (half: number, fill: string) =>
		Plot.rect([0], {
			x1: -half,
			x2: half,
			y1: 0,
			y2: list.length,
			fill,
			fillOpacity: 0.5,
			ariaDescription: `±${half}σ`,
		});
	const marks = [
		band(2, TWO_SIGMA_COLOUR),
		band(1, ONE_SIGMA_COLOUR),
		Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
	];
	return rowPanel(list, { domain: [-reach, reach] }, marks, "(θ − θ_{0}) / σ_{0}", width, top);
}

function freePanel(list: readonly Row[], width: number, top: number): Block {
	const ends = list.flatMap(({ value, error }) => [value - error, value + error]);
	const [low, high] = [Math.min(...ends, 0), Math.max(...ends, 1)];
	const margin = 0.05 * (high - low);
	const marks = [Plot.ruleX([1], { stroke: FAINT, strokeDasharray: "2 2" })];
	return rowPanel(list, { domain: [low - margin, high + margin] }, marks, "best-fit value", width, top);
}

/** One row per parameter: its name, its point with the error bar, its value in digits. */
function rowPanel(
	list: readonly Row[],
	x: Scale,
	background: Marks,
	xLabel: string,
	width: number,
	top: number,
): Block {
	const names = list.map(({ name }) => shorten(name, FONT.name, width * 0.42));
	const values = list.map(valueText);
	const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => textWidth(text, FONT.name)));
	const left = Math.ceil(widest(names) + 14);
	const right = Math.ceil(widest(values) + 14);
	const frame: Frame = { left, top, width: width - left - right, height: list.length * ROW + 4 };
	const ticks = scaleTicks(x, frame.width);
	const y: Scale = { domain: [list.length, 0] };
	const at = (row: Row) => list.indexOf(row) + 0.5;
	const bars = list.filter(({ error }) => error > 0);
	const bounded = (side: "lower" | "upper") =>
		Plot.dot(
			list.filter((row) => row.atBound === side),
			{
				x: "value",
				y: at,
				symbol: "triangle",
				rotate: side === "lower" ? -90 : 90,
				r: 4,
				fill: ALERT,
				ariaDescription: `at the ${side} bound`,
			},
		);
	const panel = drawPanel(frame, x, y, [
		...background,
		Plot.ruleY(bars, {
			x1: ({ value, error }: Row) => value - error,
			x2: ({ value, error }: Row) => value + error,
			y: at,
			stroke: INK,
			strokeWidth: 1.3,
			ariaDescription: "uncertainties",
		}),
		Plot.dot(
			list.filter(({ atBound }) => atBound === undefined),
			{ x: "value", y: at, r: 2.4, fill: INK, ariaDescription: "values" },
		),
		bounded("lower"),
		bounded("upper"),
		...bottomAxis(ticks),
	]);
	const labels = list.flatMap(({ name }, i) => {
		const baseline = frame.top + ((i + 0.5) / list.length) * frame.height + 4;
		const label = textElement(names[i]!, { x: left - 6, y: baseline, "text-anchor": "end", "font-size": FONT.name });
		if (names[i] !== name) label.appendChild(element("title", {}, [name]));
		return [label, textElement(values[i]!, { x: width - right + 6, y: baseline, "font-size": FONT.name })];
	});
	// A label longer than the axis may reach to the left, where the names have ended.
	const label = bottomLabel(xLabel, { ...frame, width: Math.max(frame.width, overhang(ticks)) }, 36);
	return { nodes: [panel, ...labels, label], height: frame.height + 50 };
}

function valueText({ value, error, atBound }: Row): string {
	if (atBound !== undefined || !(error > 0)) return numberLabel(value);
	const [pair = "", exponent] = formatPdg(value, error).split("e");
	return minus(exponent === undefined ? pair : `${pair}×10^{${exponent}}`);
}

function legendEntries(shown: readonly Row[], free: readonly Row[]): readonly LegendEntry[] {
	const [line, dot] = [lineSwatch(INK, undefined, 1.3), dotSwatch(2.4)];
	const bounded = [...shown, ...free].some(({ atBound }) => atBound !== undefined);
	return [
		{ name: "fit", swatch: (...box) => [...line(...box), ...dot(...box)] },
		...(shown.length === 0
			? []
			: [
					{ name: "±1σ", swatch: boxSwatch(blend(ONE_SIGMA_COLOUR)) },
					{ name: "±2σ", swatch: boxSwatch(blend(TWO_SIGMA_COLOUR)) },
				]),
		...(bounded
			? [
					{
						name: "at a bound",
						swatch: (x: number, y: number, width: number, height: number) => [
							element("path", {
								d: `M${x + width / 2 - 4},${y + height / 2}l8,-4.5v9z`,
								fill: ALERT,
							}),
						],
					},
				]
			: []),
	];
}

/** A colour at half strength on white, as the bands are drawn. */
function blend(colour: string): string {
	const parts = [1, 3, 5].map((at) => Math.round((Number.parseInt(colour.slice(at, at + 2), 16) + 255) / 2));
	return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
