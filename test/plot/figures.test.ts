import { describe, expect, test } from "vitest";
import {
	renderBrazilBand,
	renderContours,
	renderDistributions,
	renderImpacts,
	renderPrefitPostfit,
	renderProfile,
	renderPulls,
} from "../../ts/plot/index.js";
import { contourOf, impactsOf, parabola, refittedImpactsOf } from "./profileRecords.js";
import { Figure, overlaps } from "./readSvg.js";
import {
	distributionsOf,
	fitOf,
	floatingLimit,
	floatingPostfit,
	floatingPrefit,
	floatingScan,
	limitOf,
	manySamples,
	point,
	regions,
	scanOf,
	steepScan,
	uglyDistributions,
} from "./records.js";

const none = [undefined, undefined, undefined, undefined, undefined] as const;
const edges = Array.from({ length: 21 }, (_, i) => (i < 10 ? i * 50 : 500 + (i - 10) * 100));
const longName = "alpha_JET_EtaIntercalibration_Modelling_of_2017";
const pulls = fitOf([
	{ name: longName, constraint: "gaussian", auxdata: [0], scale: [1], values: [1.3], errors: [0.4] },
	{
		name: "theory",
		constraint: "gaussian",
		auxdata: Array(60).fill(0),
		scale: Array(60).fill(1),
		values: Array.from({ length: 60 }, (_, i) => Math.sin(i)),
		errors: Array(60).fill(0.9),
	},
	{ name: "mu", constraint: "none", values: [0], errors: [0], atBound: ["lower"] },
	{ name: "norm", constraint: "none", values: [1.2e-4], errors: [3e-6] },
]);

/** Ordinary and ugly figures; what every one of them must keep is asserted below. */
const figures: Readonly<Record<string, () => string>> = {
	"a scan": () => renderBrazilBand(floatingScan),
	"a limit": () => renderBrazilBand(floatingLimit),
	"a limit on a logarithmic axis": () => renderBrazilBand(floatingLimit, { logY: true, title: "Floating background" }),
	"limits that coincide, near zero": () =>
		renderBrazilBand(limitOf(steepScan(1e-4), 3.6e-4, [2e-4, 2.4e-4, 3.6e-4, 4e-4, 5e-4])),
	"limits that coincide, at the right end": () =>
		renderBrazilBand(limitOf(floatingScan, 4.99, [1, 2, 4.98, 4.99, 5]), {
			xLabel: "σ_{sig} / σ_{SUSY}",
			title: "A title of the length that people give to their plots when they have a lot to say about it",
		}),
	"limits above the range": () =>
		renderBrazilBand(limitOf(scanOf(floatingScan.points.slice(0, 10)), undefined, [0.85, ...none.slice(1)] as never)),
	"limits below the range": () =>
		renderBrazilBand(limitOf(scanOf(floatingScan.points.slice(40)), undefined, none, { missing: "below-range" })),
	"CLs down to 1e-120": () => renderBrazilBand(steepScan(1, "mu_SIG_with_a_long_name"), { logY: true }),
	"a parameter of a million": () => renderBrazilBand(steepScan(5e4, "xsec_fb")),
	"CLs of zero": () =>
		renderBrazilBand(scanOf([point(0, 1, [1, 1, 1, 1, 1]), point(1, 0, [0, 0, 0, 0, 0])]), { logY: true }),
	"one point": () => renderBrazilBand(scanOf([point(1, 0.3, [0.05, 0.1, 0.25, 0.5, 0.8])])),
	"one point below the axis": () =>
		renderBrazilBand(scanOf([point(0, 1e-7, [1e-9, 1e-8, 1e-3, 0.1, 0.3])]), { logY: true }),
	"a narrow band": () => renderBrazilBand(floatingLimit, { width: 240 }),
	"a wide band": () => renderBrazilBand(floatingLimit, { width: 1000 }),
	"distributions of 20 bins": () => renderDistributions(floatingPrefit),
	"distributions with bin edges": () =>
		renderDistributions(floatingPrefit, {
			binEdges: { singlechannel: edges },
			xLabels: { singlechannel: "m_{jj} [GeV]" },
			logY: true,
		}),
	"before and after": () => renderPrefitPostfit(floatingPrefit, floatingPostfit, { title: "Floating background" }),
	"before and after, with bin edges": () =>
		renderPrefitPostfit(floatingPrefit, floatingPostfit, {
			binEdges: { singlechannel: edges },
			xLabels: { singlechannel: "m_{jj} [GeV]" },
		}),
	"38 regions": () => renderDistributions(regions("prefit", 38)),
	"38 regions before and after": () => renderPrefitPostfit(regions("prefit", 38), regions("postfit", 38)),
	"ten samples": () => renderDistributions(manySamples("prefit")),
	"ten samples on a logarithmic axis": () => renderDistributions(manySamples("prefit"), { logY: true }),
	"ten samples before and after": () => renderPrefitPostfit(manySamples("prefit"), manySamples("postfit")),
	"ten orders of magnitude": () => renderDistributions(uglyDistributions),
	"ten orders of magnitude on a linear axis": () => renderDistributions(uglyDistributions, { logY: false }),
	"nothing but zeros": () =>
		renderDistributions(distributionsOf("prefit", [{ name: "none", samples: { s: [0, 0, 0] }, observed: [0, 0, 0] }])),
	"nothing but zeros on a logarithmic axis": () =>
		renderDistributions(distributionsOf("prefit", [{ name: "none", samples: { s: [0, 0, 0] }, observed: [0, 0, 0] }]), {
			logY: true,
		}),
	"one bin": () =>
		renderPrefitPostfit(
			distributionsOf("prefit", [{ name: "SR", samples: { b: [3], s: [2] }, observed: [9], relative: 0.5 }]),
			distributionsOf("postfit", [{ name: "SR", samples: { b: [4], s: [4] }, observed: [9], relative: 0.2 }]),
		),
	"names that are markup": () =>
		renderDistributions(
			distributionsOf("prefit", [{ name: 'a<b & "c"', samples: { "x\u0007<script>": [3, 4] }, observed: [9, 0] }]),
		),
	pulls: () => renderPulls(pulls.fit, pulls.parameterSets),
	"a profile": () => renderProfile(parabola("mu", 1.2, 0.4)),
	"a profile in a narrow figure": () =>
		renderProfile(parabola("a_parameter_with_a_long_name", 3e-5, 1e-6), { width: 240, title: "A profile" }),
	"a flat profile": () => renderProfile(parabola("mu", 1, Number.POSITIVE_INFINITY)),
	"a profile of which little is seen": () => renderProfile(parabola("mu", 1, 0.01), { top: 2 }),
	contours: () => renderContours([contourOf(1, 0.6827), contourOf(2, 0.95), contourOf(3, 0.9973)]),
	"a contour in a narrow figure": () =>
		renderContours([contourOf(1e-4, 0.95, ["SigXsecOverSM", "alpha_JET_EtaIntercalibration"])], { width: 240 }),
	impacts: () => renderImpacts(impactsOf(30)),
	"impacts in a narrow figure": () => renderImpacts(impactsOf(5, 1e-6), { width: 240, title: "Impacts", most: 3 }),
	"one impact": () => renderImpacts(impactsOf(1, 1e5)),
	"impacts by fits": () => renderImpacts(refittedImpactsOf(4)),
	"pulls in a narrow figure": () => renderPulls(pulls.fit, pulls.parameterSets, { width: 260, most: 3 }),
};

describe.each(Object.entries(figures))("%s", (_, render) => {
	const svg = render();
	const figure = new Figure(svg);

	test("is standalone, sized SVG with numbers only", () => {
		expect(svg).toMatch(
			/^<svg viewBox="0 0 \d+ \d+" width="\d+" height="\d+" [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg">/,
		);
		expect(svg).not.toMatch(/NaN|undefined|Infinity|null|⚠/);
		for (const element of figure.all("[d]")) expect(element.getAttribute("d")).toMatch(/^([MLHVAZmlvz][-\d.,]*)*$/);
	});

	test("has no ids, which would clash in a page", () => {
		expect(svg).not.toMatch(/ id=|url\(|<style/);
	});

	test("is the same text each time", () => {
		expect(render()).toBe(svg);
	});

	test("keeps its texts inside and apart", () => {
		const [, , width, height] = figure.root.getAttribute("viewBox")!.split(" ").map(Number);
		const outside = figure.textBounds.filter(
			({ left, right, top, bottom }) => left < 0 || right > width! || top < 0 || bottom > height!,
		);
		expect(outside).toEqual([]);
		expect(overlaps(figure.textBounds)).toEqual([]);
	});

	test("draws data inside the frames", () => {
		const marks = figure.all("[aria-description] rect, [aria-description] circle, [aria-description] path[d]");
		const shapes = marks.filter((shape) => shape.closest("text") === null);
		for (const frame of figure.frames) expect(frame.right).toBeGreaterThan(frame.left + 20);
		const [left, right] = [
			Math.min(...figure.frames.map((f) => f.left)),
			Math.max(...figure.frames.map((f) => f.right)),
		];
		for (const shape of shapes) {
			const x = shape.getAttribute("x") ?? shape.getAttribute("cx");
			if (x === null) continue;
			expect(Number(x)).toBeGreaterThanOrEqual(left - 0.01);
			expect(Number(x) + Number(shape.getAttribute("width") ?? 0)).toBeLessThanOrEqual(right + 0.5);
		}
	});

	test("has tick labels that rise with their positions", () => {
		for (const axis of figure.all('[aria-label$="axis tick label"]')) {
			const vertical = axis.getAttribute("aria-label") === "y axis tick label";
			const ticks = [...axis.querySelectorAll("text")].map((tick) => {
				const [, x, y] = tick.getAttribute("transform")!.match(/translate\(([-\d.]+),([-\d.]+)\)/)!;
				return { at: vertical ? -Number(y) : Number(x), value: labelValue(tick) };
			});
			const values = ticks.filter(({ value }) => Number.isFinite(value));
			for (const [i, tick] of values.entries()) {
				if (i > 0) expect(tick.at > values[i - 1]!.at && tick.value > values[i - 1]!.value).toBe(true);
			}
		}
	});
});

/** The number that a tick label shows: `0.2`, `10` and a superscript, `2×10` and a superscript. */
function labelValue(tick: Element): number {
	const [plain = "", power] = [...tick.childNodes].map((node) => (node.textContent ?? "").replace("−", "-"));
	if (power === undefined) return Number(plain);
	const [mantissa, ten] = plain.includes("×") ? plain.split("×") : ["1", plain];
	return Number(mantissa) * Number(ten) ** Number(power);
}
