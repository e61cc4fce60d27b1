import { published } from "./published.js";

const measurement = (poi, parameters) => [{ name: "measurement", config: { poi, parameters } }];

/** One channel, a background uncertainty per bin. */
const counting = {
	channels: [
		{
			name: "SR",
			samples: [
				{ name: "signal", data: [5, 10], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{ name: "background", data: [50, 60], modifiers: [{ name: "uncertainty", type: "shapesys", data: [5, 12] }] },
			],
		},
	],
	observations: [{ name: "SR", data: [52, 65] }],
	measurements: measurement("mu", []),
	version: "1.0.0",
};

/** Two channels, all seven modifiers, systematic effects that are asymmetric and large. */
const everything = {
	channels: [
		{
			name: "SR",
			samples: [
				{
					name: "background",
					data: [63.2, 41.7, 12.9],
					modifiers: [
						{ name: "lumi", type: "lumi", data: null },
						{ name: "scale", type: "normsys", data: { lo: 0.83, hi: 1.31 } },
						{ name: "shape", type: "histosys", data: { lo_data: [58.1, 44.2, 10.4], hi_data: [70.3, 40.6, 17.8] } },
						{ name: "staterror_SR", type: "staterror", data: [2.9, 2.1, 1.3] },
					],
				},
				{
					name: "signal",
					data: [4.1, 9.7, 11.3],
					modifiers: [
						{ name: "lumi", type: "lumi", data: null },
						{ name: "mu", type: "normfactor", data: null },
						{ name: "staterror_SR", type: "staterror", data: [0.4, 0.5, 0.6] },
					],
				},
			],
		},
		{
			name: "CR",
			samples: [
				{
					name: "background",
					data: [211.4, 187.3],
					modifiers: [
						{ name: "k", type: "normfactor", data: null },
						{ name: "scale", type: "normsys", data: { lo: 0.91, hi: 1.14 } },
						{ name: "uncorrelated", type: "shapesys", data: [9.4, 8.1] },
					],
				},
				{ name: "fakes", data: [30, 20], modifiers: [{ name: "free", type: "shapefactor", data: null }] },
			],
		},
		{
			name: "VR",
			samples: [{ name: "fakes", data: [90, 70], modifiers: [{ name: "free", type: "shapefactor", data: null }] }],
		},
	],
	observations: [
		{ name: "SR", data: [71, 52, 19] },
		{ name: "CR", data: [233, 214] },
		{ name: "VR", data: [97, 61] },
	],
	measurements: measurement("mu", [{ name: "lumi", auxdata: [1], bounds: [[0.5, 1.5]], inits: [1], sigmas: [0.017] }]),
	version: "1.0.0",
};

/** Documents by name, with the patches that go on them. */
export const workspaces = {
	counting: { document: counting, patches: [] },
	everything: { document: everything, patches: [] },
	published,
};
