import { expect, test } from "vitest";
import { correlatedBackground } from "../../ts/builders/correlatedBackground.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { optionErrorOf } from "./optionErrorOf.js";

const options = {
	signal: [12, 11],
	background: [50, 52],
	backgroundUp: [45, 57],
	backgroundDown: [55, 47],
	observed: [51, 48],
};

test("the workspace has the names of pyhf's correlated_background", () => {
	const { document } = correlatedBackground(options);
	expect(document).toEqual({
		channels: [
			{
				name: "single_channel",
				samples: [
					{ name: "signal", data: [12, 11], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
					{
						name: "background",
						data: [50, 52],
						modifiers: [
							{
								name: "correlated_bkg_uncertainty",
								type: "histosys",
								data: { hi_data: [45, 57], lo_data: [55, 47] },
							},
						],
					},
				],
			},
		],
		observations: [{ name: "single_channel", data: [51, 48] }],
		measurements: [{ name: "measurement", config: { poi: "mu", parameters: [] } }],
		version: "1.0.0",
	});
	expect(parseDocument(document)).toEqual(document);
});

test.each<[string, object, string]>([
	[
		"a misspelt option",
		{ ...options, backgroundUpp: [1, 2] },
		"unknown-option at options: there is no option 'backgroundUpp'; did you mean 'backgroundUp'?",
	],
	[
		"a variation with a bin too few",
		{ ...options, backgroundDown: [55] },
		"bin-count at options.backgroundDown: has 1 bin, but signal has 2",
	],
	[
		"a variation below zero",
		{ ...options, backgroundUp: [45, -57] },
		"negative at options.backgroundUp[1]: found -57; rates, counts and uncertainties are not negative",
	],
])("%s", (_, broken, message) => {
	expect(optionErrorOf(() => correlatedBackground(broken as typeof options))).toBe(message);
});
