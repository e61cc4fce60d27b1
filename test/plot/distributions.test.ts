import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderDistributions, renderPrefitPostfit } from "../../ts/plot/index.js";
import { SAMPLE_COLOURS } from "../../ts/plot/palette.js";
import { type Bounds, corners, Figure, numbers, steps } from "./readSvg.js";
import {
	distributionsOf,
	floatingPostfit,
	floatingPrefit,
	manySamples,
	regions,
	uglyDistributions,
} from "./records.js";

/** The height of a frame's axis: from the labels of two ticks. */
function scaleOf(frame: Bounds, low: number, high: number) {
	return (value: number) => frame.bottom - ((value - low) / (high - low)) * (frame.bottom - frame.top);
}

/** The bins of a sample, of all panels. */
function binsOf(figure: Figure, sample: string) {
	return figure.shapes(sample, "path").flatMap(steps);
}

const simple = distributionsOf("prefit", [
	{ name: "SR", samples: { background: [10, 20, 0], signal: [2, 0, 0] }, observed: [14, 18, 0], relative: 0.25 },
]);

describe("one channel", () => {
	const figure = new Figure(renderDistributions(simple));
	const [main, ratio] = figure.frames as [Bounds, Bounds];
	// 20 events + 25 %, or the upper end of 18 + its error (23.3): 25, and 7 % of headroom.
	const y = scaleOf(main, 0, 25 * 1.07);
	const width = (main.right - main.left) / 3;

	test("stacks the samples from zero, the largest at the bottom", () => {
		const bin = (i: number, edge: number) => ({
			left: expect.closeTo(main.left + i * width, 1),
			right: expect.closeTo(main.left + (i + 1) * width, 1),
			base: expect.closeTo(y(0), 1),
			edge: expect.closeTo(y(edge), 1),
		});
		expect(binsOf(figure, "background")).toEqual([bin(0, 10), bin(1, 20)]);
		// From zero as well, but behind the background: 10 to 12 is seen.
		expect(binsOf(figure, "signal")).toEqual([bin(0, 12)]);
		const order = figure.all("g[aria-label=area]").map((area) => area.getAttribute("aria-description"));
		expect(order).toEqual(["signal", "background"]);
	});

	test("has no seam between bins: what touches is one path", () => {
		const [path, ...others] = figure.shapes("background", "path");
		expect(others).toEqual([]);
		expect(path!.getAttribute("d")!.match(/M/g)).toHaveLength(1);
	});

	test("draws the total and hatches its uncertainty", () => {
		const total = corners(figure.shapes("total", "path")[0]!);
		expect(total.map((corner) => corner[1])).toEqual(
			[12, 12, 20, 20, 0, 0].map((value) => expect.closeTo(y(value), 1)),
		);
		const hatched = figure.marks("total uncertainty").flatMap(corners);
		const first = hatched.filter(([x]) => x < main.left + width - 0.01);
		expect(Math.min(...first.map((corner) => corner[1]))).toBeCloseTo(y(15), 0);
		expect(Math.max(...first.map((corner) => corner[1]))).toBeCloseTo(y(9), 0);
		expect(Math.max(...hatched.map(([x]) => x))).toBeLessThanOrEqual(main.left + 2 * width + 0.01);
	});

	test("gives data the interval of a Poisson mean, and a count of zero its own", () => {
		const inMain = (element: Element) =>
			Number(element.getAttribute("cy") ?? element.getAttribute("y1")) <= main.bottom;
		const dots = figure
			.shapes("data", "circle")
			.filter(inMain)
			.map((dot) => numbers(dot, "cx", "cy"));
		const middle = (bin: number) => expect.closeTo(main.left + (bin + 0.5) * width, 1);
		expect(dots).toEqual([14, 18, 0].map((count, bin) => ({ cx: middle(bin), cy: expect.closeTo(y(count), 1) })));
		const bars = figure
			.shapes("data errors", "line")
			.filter(inMain)
			.map((bar) => numbers(bar, "x1", "y1", "y2"));
		// Garwood: 14 [10.30, 18.83], 18 [13.80, 23.32], 0 [0, 1.841].
		const intervals = [
			[10.303, 18.83],
			[13.797, 23.321],
			[0, 1.841],
		];
		expect(bars).toEqual(
			intervals.map(([low, high], bin) => ({
				x1: middle(bin),
				y1: expect.closeTo(y(low!), 1),
				y2: expect.closeTo(y(high!), 1),
			})),
		);
	});

	test("compares data with the model below, where the model has a rate", () => {
		const below = (element: Element) => Number(element.getAttribute("cy")) > main.bottom;
		const points = figure
			.shapes("data", "circle")
			.filter(below)
			.map((dot) => numbers(dot, "cy").cy);
		const at = scaleOf(ratio, 0.4, 1.6);
		expect(points).toEqual([expect.closeTo(at(14 / 12), 1), expect.closeTo(at(0.9), 1)]);
		const hatched = figure
			.marks("relative uncertainty")
			.flatMap(corners)
			.map((corner) => corner[1]);
		expect(Math.min(...hatched)).toBeCloseTo(at(1.25), 0);
		expect(Math.max(...hatched)).toBeCloseTo(at(0.75), 0);
	});

	test("has a legend in the order of the stack, from the top", () => {
		expect(figure.texts.slice(0, 4)).toEqual(["data", "signal", "background", "total, uncertainty"]);
		expect(figure.texts).toEqual(
			expect.arrayContaining(["SR", "pre-fit", "events", "data / model", "bin", "0", "1", "2"]),
		);
	});
});

describe("axes of counts", () => {
	test("start at zero where they are linear", () => {
		const figure = new Figure(renderDistributions(floatingPrefit));
		const bottoms = binsOf(figure, "background").map(({ base }) => base);
		expect(bottoms).toEqual(Array(20).fill(expect.closeTo(figure.frames[0]!.bottom, 1)));
		const axis = figure.all('[aria-label="y axis tick label"]')[0]!;
		expect([...axis.querySelectorAll("text")].map((tick) => tick.textContent)).toEqual(["0", "50", "100"]);
	});

	test("are logarithmic where totals span more than a factor of 100, unless told otherwise", () => {
		const labels = (svg: string) => new Figure(svg).texts.filter((text) => text.startsWith("10"));
		expect(labels(renderDistributions(regions("prefit", 12)))).toEqual(["10−1", "10", "102", "103"]);
		expect(labels(renderDistributions(regions("prefit", 12), { logY: false }))).toEqual(["1000"]);
		expect(labels(renderDistributions(regions("prefit", 4)))).toEqual(["1000"]);
	});

	test("leave out what a logarithm cannot show, and nothing else", () => {
		const figure = new Figure(renderDistributions(uglyDistributions));
		const main = figure.frames[0]!;
		// Below the floor: no piece of a bin of rate 0, none of the negative sample.
		expect(binsOf(figure, "tiny")).toHaveLength(8);
		expect(binsOf(figure, "negative")).toHaveLength(0);
		const inMain = figure.shapes("data", "circle").filter((dot) => Number(dot.getAttribute("cy")) <= main.bottom);
		expect(inMain).toHaveLength(8);
		// Counts of zero have no point there, but their error bars reach up from the edge.
		const bars = figure.shapes("data errors", "line").map((bar) => numbers(bar, "y1", "y2"));
		expect(bars.filter(({ y1, y2 }) => y1 === main.bottom && y2 < main.bottom)).toHaveLength(2);
	});

	test("go below zero for negative rates", () => {
		const figure = new Figure(
			renderDistributions(
				distributionsOf("prefit", [{ name: "a", samples: { s: [10, 20], interference: [-4, 3] }, observed: [6, 23] }]),
			),
		);
		const { bottom, top } = figure.frames[0]!;
		const [negative, positive] = binsOf(figure, "interference");
		const [first, second] = binsOf(figure, "s");
		const unit = (first!.base - first!.edge) / 10;
		expect(first!.base).toBeLessThan(bottom);
		expect(negative!.edge).toBeCloseTo(first!.base + 4 * unit, 1);
		expect(second!.edge).toBeCloseTo(first!.base - 20 * unit, 1);
		expect(positive!.edge).toBeCloseTo(first!.base - 23 * unit, 1);
		expect(positive!.edge).toBeGreaterThan(top);
		expect(figure.texts).toContain("0");
	});

	test("mark ratios above the axis", () => {
		const figure = new Figure(renderDistributions(uglyDistributions));
		// Bin 1: one event where 0.002 are expected.
		expect(figure.shapes("above the axis", "path")).toHaveLength(1);
	});
});

describe("samples", () => {
	test("beyond ten are merged, the smallest first", () => {
		const figure = new Figure(renderDistributions(manySamples("prefit", 13)));
		expect(figure.texts.slice(0, 13)).toEqual([
			"data",
			...["C1N2_Wh_hbb_700_250", "FNP_leptons", "higgs", "multiboson", "ttV", "singletop"],
			...["Zjets_sherpa_221", "Wjets_sherpa_221", "diboson3LISR", "ttbar", "3 others", "total, uncertainty"],
		]);
		expect(binsOf(figure, "3 others")).toHaveLength(12);
		expect(figure.marks("ttbar")[0]!.getAttribute("fill")).toBe(SAMPLE_COLOURS[0]);
	});

	test("one beyond ten keeps its name", () => {
		expect(new Figure(renderDistributions(manySamples("prefit", 11))).texts).toContain("tZ");
	});

	test("can be chosen, from the top of the stack down", () => {
		const { texts } = new Figure(renderDistributions(manySamples("prefit"), { samples: ["higgs", "ttbar"] }));
		expect(texts.slice(0, 5)).toEqual(["data", "higgs", "ttbar", "8 others", "total, uncertainty"]);
	});
});

describe("channels", () => {
	test("of few bins share panels, evenly filled and named below", () => {
		const figure = new Figure(renderDistributions(regions("prefit", 38)));
		// Two panels of 19, each with its ratio.
		expect(figure.frames).toHaveLength(4);
		const names = figure.all('[aria-label="x axis tick label"]').map((axis) => axis.querySelectorAll("text").length);
		expect(names).toEqual([19, 19]);
		expect(binsOf(figure, "top")).toHaveLength(38);
		expect(figure.texts).toContain("SRee_eMT2h_lowmet_V31_cuts");
	});

	test("of several bins are separated by lines", () => {
		const channels = ["a", "b", "c"].map((name) => ({ name, samples: { s: [1, 2, 3] }, observed: [1, 2, 3] }));
		const figure = new Figure(renderDistributions(distributionsOf("prefit", channels)));
		expect(figure.frames).toHaveLength(2);
		expect(figure.all('line[stroke-dasharray="1 2"], g[stroke-dasharray="1 2"] line')).toHaveLength(4);
	});

	test("of many bins have a panel each, two beside each other where there are many", () => {
		const channels = ["a", "b", "c", "d"].map((name) => ({
			name,
			samples: { s: Array(9).fill(3) as number[] },
			observed: Array(9).fill(3) as number[],
		}));
		const { frames } = new Figure(renderDistributions(distributionsOf("prefit", channels)));
		expect(frames).toHaveLength(8);
		expect(frames[0]!.top).toBe(frames[2]!.top);
		expect(frames[4]!.top).toBeGreaterThan(frames[1]!.bottom);
	});

	test("can be chosen and ordered", () => {
		const { texts } = new Figure(
			renderDistributions(regions("prefit", 6), {
				channels: ["SRee_eMT2c_lowmet_V2_cuts", "SRee_eMT2a_lowmet_V0_cuts"],
			}),
		);
		expect(texts.filter((text) => text.startsWith("SRee"))).toEqual([
			"SRee_eMT2c_lowmet_V2_cuts",
			"SRee_eMT2a_lowmet_V0_cuts",
		]);
	});

	test("with bin edges have an axis of values, bins as wide as their edges say", () => {
		const edges = Array.from({ length: 21 }, (_, i) => (i < 10 ? i * 50 : 500 + (i - 10) * 100));
		const figure = new Figure(
			renderDistributions(floatingPrefit, {
				binEdges: { singlechannel: edges },
				xLabels: { singlechannel: "m_{jj} [GeV]" },
			}),
		);
		const { left, right } = figure.frames[0]!;
		const bins = binsOf(figure, "background");
		expect(bins[5]!.left).toBeCloseTo(left + (250 / 1500) * (right - left), 1);
		expect(bins[15]!.right - bins[15]!.left).toBeCloseTo((100 / 1500) * (right - left), 1);
		expect(figure.texts).toContain("mjj [GeV]");
		expect(figure.texts).toContain("1000");
	});
});

describe("before and after", () => {
	const figure = new Figure(renderPrefitPostfit(floatingPrefit, floatingPostfit));

	test("stand side by side on the same axes", () => {
		const [before, , after] = figure.frames as [Bounds, Bounds, Bounds];
		expect([after.top, after.bottom]).toEqual([before.top, before.bottom]);
		expect(after.left).toBeGreaterThan(before.right);
		expect(after.right - after.left).toBeCloseTo(before.right - before.left, 1);
		const bins = binsOf(figure, "background");
		expect(bins).toHaveLength(40);
		// The scale factor of the background, 1.00637, between the two.
		const height = (i: number) => bins[i]!.base - bins[i]!.edge;
		expect(height(20) / height(0)).toBeCloseTo(1.00637, 3);
	});

	test("the total before is drawn again after", () => {
		const before = corners(figure.shapes("total", "path")[0]!).map((corner) => corner[1]);
		const [dashed] = figure.marks("total before the fit");
		expect(dashed!.getAttribute("stroke-dasharray")).toBe("4 2");
		expect(corners(dashed!.querySelector("path")!).map((corner) => corner[1])).toEqual(before);
		expect(figure.texts).toContain("total before the fit");
		expect(figure.texts.filter((text) => /^(pre|post)-fit$/.test(text))).toEqual(["pre-fit", "post-fit"]);
	});
});

describe("options that do not fit", () => {
	const two = { singlechannel: [0, 1] };
	test.each([
		[
			() => renderDistributions({ kind: "prefit", channels: [] }),
			"no-channels",
			"options.channels: there is no channel to draw",
		],
		[
			() => renderDistributions(simple, { channels: ["CR"] }),
			"unknown-channel",
			'options.channels: there is no channel "CR"; there are SR',
		],
		[
			() => renderDistributions(simple, { binEdges: { CR: [0, 1] } }),
			"unknown-channel",
			'options.binEdges: there is no channel "CR"; there are SR',
		],
		[
			() => renderDistributions(simple, { samples: ["qcd"] }),
			"unknown-sample",
			'options.samples: no channel has a sample "qcd"',
		],
		[
			() => renderDistributions(floatingPrefit, { binEdges: two }),
			"bad-bin-edges",
			"options.binEdges.singlechannel: 20 bins have 21 finite, ascending edges",
		],
		[
			() => renderDistributions(simple, { binEdges: { SR: [0, 2, 1, 3] } }),
			"bad-bin-edges",
			"options.binEdges.SR: 3 bins have 4 finite, ascending edges",
		],
		[
			() => renderDistributions(simple, { binEdges: { SR: [0, 1, 2, Infinity] } }),
			"bad-bin-edges",
			"options.binEdges.SR: 3 bins have 4 finite, ascending edges",
		],
		[
			() =>
				renderDistributions(manySamples("prefit", 13), {
					samples: manySamples("prefit", 13).channels[0]!.samples.map(({ name }) => name),
				}),
			"too-many-samples",
			"options.samples: 10 samples can be told apart by colour, not 13",
		],
		[
			() => renderPrefitPostfit(simple, floatingPostfit),
			"channels-differ",
			"postfit: both distributions must be of the same model",
		],
	])("are refused (%#)", (render, code, message) => {
		expect(render).toThrow(expect.objectContaining({ name: "OptionError", code, message }));
	});
});

describe("any distributions", () => {
	const rate = fc.oneof(
		fc.constant(0),
		fc.double({ min: 0, max: 10, noNaN: true }),
		fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
		fc.double({ min: -5, max: 0, noNaN: true }),
	);
	const channel = fc.integer({ min: 1, max: 12 }).chain((bins) =>
		fc.record({
			samples: fc.dictionary(fc.stringMatching(/^[a-z]{1,20}$/), fc.array(rate, { minLength: bins, maxLength: bins }), {
				minKeys: 1,
				maxKeys: 12,
			}),
			observed: fc.array(fc.oneof(fc.nat(20), fc.nat(1_000_000)), { minLength: bins, maxLength: bins }),
			relative: fc.double({ min: 0, max: 3, noNaN: true }),
		}),
	);

	test("stay in their frames and are numbers", () => {
		fc.assert(
			fc.property(
				fc.array(channel, { minLength: 1, maxLength: 6 }),
				fc.boolean(),
				fc.integer({ min: 240, max: 1200 }),
				(channels, logY, width) => {
					const named = channels.map((each, i) => ({ ...each, name: `channel${i}` }));
					const record = distributionsOf("prefit", named);
					const svg = renderPrefitPostfit(record, distributionsOf("postfit", named), { logY, width });
					expect(svg).not.toMatch(/NaN|undefined|Infinity/);
					const figure = new Figure(svg);
					const dots = figure.all("g[aria-label=dot] circle").map((dot) => [Number(dot.getAttribute("cy"))]);
					const bins = figure.all("g[aria-label=area] path").flatMap(steps);
					for (const ys of [...dots, ...bins.map(({ base, edge }) => [base, edge])]) {
						const home = figure.frames.some(({ top, bottom }) =>
							ys.every((y) => y >= top - 0.02 && y <= bottom + 0.02),
						);
						expect(home).toBe(true);
					}
				},
			),
			{ numRuns: 40 },
		);
	});
});
