import { describe, expect, test } from "vitest";
import { type SignalPlusBackgroundOptions, signalPlusBackground } from "../../ts/builders/signalPlusBackground.js";
import { uncorrelatedBackground } from "../../ts/builders/uncorrelatedBackground.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { describeShared } from "../shared.js";
import { optionErrorOf } from "./optionErrorOf.js";

const options: SignalPlusBackgroundOptions = {
	signal: [5, 10],
	background: [50, 60],
	backgroundUncertainty: [7, 8],
	observed: [58, 66],
};

const fixed = {
	channels: [
		{
			name: "singlechannel",
			samples: [
				{ name: "signal", data: [5, 10], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{
					name: "background",
					data: [50, 60],
					modifiers: [{ name: "uncorr_bkguncrt", type: "shapesys", data: [7, 8] }],
				},
			],
		},
	],
	observations: [{ name: "singlechannel", data: [58, 66] }],
	measurements: [{ name: "measurement", config: { poi: "mu", parameters: [] } }],
	version: "1.0.0",
};

test("the background is fixed by default, as in pyhf's uncorrelated_background", () => {
	expect(signalPlusBackground(options).document).toEqual(fixed);
	expect(signalPlusBackground({ ...options, floatingBackground: false }).document).toEqual(fixed);
	expect(uncorrelatedBackground(options).document).toEqual(fixed);
});

test("a floating background gets a normfactor and keeps its shapesys", () => {
	const { channels } = signalPlusBackground({
		...options,
		floatingBackground: true,
		signalUncertainty: [1, 0],
	}).document;
	expect(channels[0]!.samples.map(({ modifiers }) => modifiers)).toEqual([
		[
			{ name: "mu", type: "normfactor", data: null },
			{ name: "signal_stat", type: "shapesys", data: [1, 0] },
		],
		[
			{ name: "uncorr_bkguncrt", type: "shapesys", data: [7, 8] },
			{ name: "bkgnorm", type: "normfactor", data: null },
		],
	]);
});

test("typed arrays are copied into plain ones", () => {
	const signal = Float64Array.of(5, 10);
	const { document } = signalPlusBackground({ ...options, signal });
	signal[0] = -1;
	expect(document).toEqual(fixed);
	expect(parseDocument(document)).toEqual(fixed);
});

interface Histograms {
	readonly signal: number[];
	readonly background: number[];
	readonly background_uncertainty: number[];
	readonly observed: number[];
}

describeShared("the example with fixed and floating background", (shared) => {
	const folder = "../examples/floating-background";
	const histograms = shared.json(`${folder}/histograms.json`) as Record<string, Histograms>;
	const reference = shared.json(`${folder}/reference.json`) as Record<string, { workspace: unknown }>;

	describe.each(["original", "modified"])("%s data", (data) => {
		const { signal, background, background_uncertainty: backgroundUncertainty, observed } = histograms[data]!;
		const common = { signal, background, backgroundUncertainty, observed };
		// The signal is a count of Monte Carlo events.
		const signalUncertainty = signal.map(Math.sqrt);

		test.each<[string, Partial<SignalPlusBackgroundOptions>]>([
			["fixed", {}],
			["floating", { floatingBackground: true }],
			["floating_signal_stat", { floatingBackground: true, signalUncertainty }],
		])("%s", (kind, extra) => {
			expect(signalPlusBackground({ ...common, ...extra }).document).toEqual(reference[`${data}/${kind}`]!.workspace);
		});
	});
});

describe("broken options", () => {
	test.each<[string, unknown, string]>([
		["nothing", undefined, "wrong-type at options: found undefined where an object belongs"],
		[
			"no signal",
			{ ...options, signal: undefined },
			"wrong-type at options.signal: found undefined where a list of numbers, one per bin, belongs",
		],
		[
			"a number in place of a histogram",
			{ ...options, background: 50 },
			"wrong-type at options.background: found the number 50 where a list of numbers, one per bin, belongs",
		],
		["no bins", { ...options, signal: [] }, "no-bins at options.signal: is empty; give one number per bin"],
		["a bin too few", { ...options, observed: [58] }, "bin-count at options.observed: has 1 bin, but signal has 2"],
		[
			"a bin too many",
			{ ...options, signalUncertainty: [1, 1, 1] },
			"bin-count at options.signalUncertainty: has 3 bins, but signal has 2",
		],
		[
			"NaN",
			{ ...options, background: [50, Number.NaN] },
			"not-finite at options.background[1]: found NaN where a finite number belongs",
		],
		[
			"a string",
			{ ...options, observed: [58, "66"] },
			"not-finite at options.observed[1]: found the string '66' where a finite number belongs",
		],
		[
			"a hole",
			{ ...options, signal: Object.assign(new Array(2), { 0: 5 }) },
			"not-finite at options.signal[1]: found undefined where a finite number belongs",
		],
		[
			"an uncertainty below zero",
			{ ...options, backgroundUncertainty: [7, -8] },
			"negative at options.backgroundUncertainty[1]: found -8; rates, counts and uncertainties are not negative",
		],
		[
			"a misspelt option",
			{ ...options, floatingbackground: true },
			"unknown-option at options: there is no option 'floatingbackground'; did you mean 'floatingBackground'?",
		],
		[
			"an option of no meaning",
			{ ...options, luminosity: 139 },
			"unknown-option at options: there is no option 'luminosity'; the options are signal, background, backgroundUncertainty, observed, signalUncertainty, floatingBackground",
		],
		[
			"a string as flag",
			{ ...options, floatingBackground: "no" },
			"wrong-type at options.floatingBackground: found the string 'no' where true or false belongs",
		],
	])("%s", (_, broken, message) => {
		expect(optionErrorOf(() => signalPlusBackground(broken as SignalPlusBackgroundOptions))).toBe(message);
	});

	test("uncorrelatedBackground has no floating background", () => {
		expect(optionErrorOf(() => uncorrelatedBackground({ ...options, floatingBackground: true } as never))).toBe(
			"unknown-option at options: there is no option 'floatingBackground'; the options are signal, background, backgroundUncertainty, observed",
		);
	});
});
