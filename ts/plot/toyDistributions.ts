import * as Plot from "@observablehq/plot";
import type { HypotestResult } from "../inference/hypotest.js";
import { formatNumber } from "../report/rounding.js";
import type { DiscoveryResult } from "../toys/discovery.js";
import type { GoodnessOfFitResult } from "../toys/goodnessOfFit.js";
import type { ToyDistribution } from "../toys/toyDistribution.js";
import type { ToyTestResult } from "../toys/toyTest.js";
import { asymptoticDensity, chiSquareDensity } from "./asymptoticToys.js";
import { above } from "./curve.js";
import { figure, figureWidth, titleBlock } from "./figure.js";
import { type LegendEntry, legendBlock, lineSwatch, type Swatch } from "./legend.js";
import { INK, SAMPLE_COLOURS } from "./palette.js";
import {
	bottomAxis,
	bottomLabel,
	drawPanel,
	type Frame,
	leftAxis,
	leftLabel,
	type Marks,
	overhang,
	scaleTicks,
} from "./panel.js";
import { element } from "./svgNode.js";
import { FONT, textElement, textWidth } from "./text.js";
import { linearTicks, minus, numberLabel } from "./ticks.js";
import { type Corner, stepOutlines, toyHistogram } from "./toyHistogram.js";

/** How to draw the distributions of toys. Labels may hold `_{…}` and `^{…}`. */
export interface ToyDistributionOptions {
	readonly title?: string;
	/** The name of the test statistic by default. */
	readonly xLabel?: string;
	/** In px; 430 by default, for a journal column of 86 mm. */
	readonly width?: number;
	/** The same test with the asymptotic formulae, for thin curves of what they expect. */
	readonly asymptotic?: HypotestResult;
}

/** A hypothesis as it is drawn. */
interface Drawn {
	readonly name: string;
	/** The p-value, and how its area is called. */
	readonly p: number;
	readonly area: string;
	readonly distribution: ToyDistribution;
	readonly colour: string;
	readonly density: ((statistic: number) => number) | undefined;
}

const [TESTED_COLOUR, ALTERNATIVE_COLOUR] = [SAMPLE_COLOURS[1]!, SAMPLE_COLOURS[3]!];
const BINS = 50;
const AREA_OPACITY = 0.28;
const DENSITY_DASHES = "2 2";
/** Weighted toys are followed down to this share of the smallest p-value. */
const BELOW = 1e-2;

/**
 * The distributions of a test statistic in toys as an SVG: for each hypothesis the fraction of its toys in every bin, on a
 * logarithmic axis, with the observed value and the area beyond it, which is the p-value. Toys whose statistic is 0, half of
 * them for a limit, are in the first bin. No toy is left out but those whose fits failed, and weighted ones far below the
 * p-value.
 *
 * @throws OptionError where an option does not fit
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hypotest, uncorrelatedBackground } from "histfactory";
 * import { renderToyDistributions } from "histfactory/plot";
 * import { toyTest } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const data = workspace.data(model);
 * const result = await toyTest(1, data, model, { workers: 0 });
 * const svg = renderToyDistributions(result, { asymptotic: hypotest(1, data, model) });
 * assert.ok(svg.startsWith("<svg"));
 * ```
 */
export function renderToyDistributions(
	record: ToyTestResult | DiscoveryResult | GoodnessOfFitResult,
	options: ToyDistributionOptions = {},
): string {
	const { hypotheses, observed, xLabel } = contentOf(record, options.asymptotic);
	const width = figureWidth(options.width);
	const { end, floor } = rangeOf(hypotheses, observed);
	const histograms = hypotheses.map(({ distribution }) => toyHistogram(distribution, end, BINS));
	const yScale = { domain: [floor, 1] as const, log: true };
	const yTicks = scaleTicks(yScale, 230, "y");
	const xScale = { domain: [0, end] as const };

	const title = titleBlock(options.title, width);
	const left = Math.ceil(Math.max(...yTicks.labels.map((label) => textWidth(label, FONT.tick))) + 34);
	const xTicks = scaleTicks(xScale, width - left - 14);
	const right = width - Math.max(14, Math.ceil(overhang(xTicks)));
	const legend = legendBlock(legendEntries(hypotheses), 8, width - 4, title.height + 4);
	const top = title.height + legend.height + 24;
	const frame: Frame = { left, top, width: right - left, height: Math.round(Math.min(width * 0.56, 420)) };

	const marks: Marks = [
		...hypotheses.flatMap(({ colour, name }, i) =>
			stepOutlines(histograms[i]!, floor, observed).map((outline) =>
				Plot.areaY(outline, {
					x: "0",
					y1: floor,
					y2: "1",
					fill: colour,
					fillOpacity: AREA_OPACITY,
					ariaDescription: `${name}, as extreme`,
				}),
			),
		),
		...hypotheses.flatMap((hypothesis, i) => densityMarks(hypothesis, histograms[i]!.width, end, floor)),
		...hypotheses.flatMap(({ colour, name }, i) =>
			stepOutlines(histograms[i]!, floor).map((outline) =>
				Plot.line(outline, { stroke: colour, strokeWidth: 1.5, ariaDescription: name }),
			),
		),
		Plot.ruleX([observed], { stroke: INK, strokeWidth: 1.2, ariaDescription: "observed" }),
		...bottomAxis(xTicks),
		...leftAxis(yTicks),
	];
	return figure(
		width,
		frame.top + frame.height + 44,
		`distributions of toys of ${hypotheses.map(({ name }) => name).join(" and ")}`,
		[
			...title.nodes,
			...legend.nodes,
			drawPanel(frame, xScale, yScale, marks),
			observedLabel(observed, end, frame),
			leftLabel("fraction of toys", frame, left - 14),
			bottomLabel(options.xLabel ?? xLabel, frame, 36),
		],
	);
}

/** What each kind of result shows. */
function contentOf(
	record: ToyTestResult | DiscoveryResult | GoodnessOfFitResult,
	asymptotic: HypotestResult | undefined,
) {
	const drawn = (
		name: string,
		area: string,
		p: number,
		distribution: ToyDistribution,
		colour: string,
		density: Drawn["density"],
	): Drawn => ({
		name,
		p,
		area: `${area} = ${numberLabel(p)}`,
		distribution,
		colour,
		density,
	});
	const density = (hypothesis: "tested" | "alternative") =>
		asymptotic === undefined ? undefined : asymptoticDensity(asymptotic, hypothesis);
	if ("bestFit" in record) {
		const { degreesOfFreedom, pValue, bestFit, deviance } = record;
		const chiSquare = degreesOfFreedom > 0 ? chiSquareDensity(degreesOfFreedom) : undefined;
		const hypotheses = [drawn("best fit", "p", pValue, bestFit, ALTERNATIVE_COLOUR, chiSquare)];
		return { hypotheses, observed: deviance, xLabel: "deviance" };
	}
	const name = (mu: number) => `${record.poi === "mu" ? "μ" : record.poi} = ${minus(formatNumber(mu))}`;
	if ("background" in record) {
		const hypotheses = [
			drawn(name(0), "p_{0}", record.pValue, record.background, ALTERNATIVE_COLOUR, density("tested")),
		];
		return { hypotheses, observed: record.statistic, xLabel: STATISTIC_NAMES.q0 };
	}
	const { tested, alternative, testStatistic, clsb, clb, statistic } = record;
	const [ofTested, ofAlternative] = testStatistic === "q0" ? ["p_{0}", "p_{1}"] : ["CL_{s+b}", "CL_{b}"];
	return {
		hypotheses: [
			drawn(name(alternative.mu), ofAlternative!, clb, alternative, ALTERNATIVE_COLOUR, density("alternative")),
			drawn(name(tested.mu), ofTested!, clsb, tested, TESTED_COLOUR, density("tested")),
		],
		observed: statistic,
		xLabel: STATISTIC_NAMES[testStatistic],
	};
}

const STATISTIC_NAMES = { q0: "q_{0}", q: "q_{μ}", qtilde: "q^{~}_{μ}" } as const;

/**
 * Where the axes end: the horizontal one after all toys and the observed value, the vertical one below the smallest fraction.
 * Weighted toys go on far below the p-value, where neither needs to follow them.
 */
function rangeOf(hypotheses: readonly Drawn[], observed: number): { readonly end: number; readonly floor: number } {
	const statistics = hypotheses.map(({ distribution }) => distribution.statistics);
	const all = endOf(Math.max(observed, ...statistics.map(largest)));
	const histograms = hypotheses.map(({ distribution }) => toyHistogram(distribution, all, BINS));
	const fractions = histograms.flatMap((histogram) => histogram.fractions.filter((fraction) => fraction > 0));
	const weighted = hypotheses.some(({ distribution }) => distribution.weights !== undefined);
	if (!weighted) return { end: all, floor: decadeBelow(Math.min(...fractions)) };
	const smallest = Math.min(1, ...hypotheses.map(({ p }) => p).filter((p) => p > 0)) * BELOW;
	const floor = decadeBelow(Math.max(smallest, Math.min(...fractions)));
	const ends = histograms.flatMap(({ fractions, width }) =>
		fractions.map((fraction, bin) => (fraction >= floor ? (bin + 1) * width : 0)),
	);
	return { end: Math.min(all, endOf(Math.max(observed, ...ends))), floor };
}

function largest(values: Float64Array): number {
	return values.reduce((most, value) => Math.max(most, value), 0);
}

/** A round number a little above another. */
function endOf(value: number): number {
	const most = 1.04 * value;
	if (!(most > 0)) return 1;
	const ticks = linearTicks(0, most, 20);
	const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : most;
	return Number((Math.ceil(most / step - 1e-9) * step).toPrecision(12));
}

function decadeBelow(fraction: number): number {
	return Number(`1e${Math.floor(Math.log10(fraction * 0.999))}`);
}

/** What the asymptotic formulae expect in a bin of this width, from the middle of the first one on. */
function densityMarks({ density, colour, name }: Drawn, width: number, end: number, floor: number): Marks {
	if (density === undefined) return [];
	const steps = 4 * BINS;
	const line = Array.from({ length: steps }, (_, i) => {
		const x = width / 2 + ((end - width / 2) * i) / (steps - 1);
		return { x, y: Math.log(Math.min(1, Math.max(width * density(x), 1e-300))) };
	});
	return above(line, Math.log(floor)).map((piece) =>
		Plot.line(
			piece.map(({ x, y }): Corner => [x, Math.max(floor, Math.exp(y))]),
			{ stroke: colour, strokeWidth: 1, strokeDasharray: DENSITY_DASHES, ariaDescription: `${name}, asymptotic` },
		),
	);
}

function legendEntries(hypotheses: readonly Drawn[]): readonly LegendEntry[] {
	return [
		...hypotheses.flatMap(({ name, area, colour }) => [
			{ name, swatch: lineSwatch(colour) },
			{ name: area, swatch: areaSwatch(colour) },
		]),
		...(hypotheses.some(({ density }) => density !== undefined)
			? [{ name: "asymptotic", swatch: lineSwatch(INK, DENSITY_DASHES, 1) }]
			: []),
	];
}

function areaSwatch(fill: string): Swatch {
	return (x, y, width, height) => [element("rect", { x, y, width, height, fill, "fill-opacity": AREA_OPACITY })];
}

/** The observed statistic in words above its line. */
function observedLabel(observed: number, end: number, frame: Frame) {
	const text = `observed ${minus(numberLabel(observed))}`;
	const half = textWidth(text, FONT.tick) / 2;
	const at = frame.left + (frame.width * observed) / end;
	const x = Math.min(Math.max(at, frame.left + half), frame.left + frame.width - half);
	return textElement(text, { x, y: frame.top - 6, "text-anchor": "middle", "font-size": FONT.tick });
}
