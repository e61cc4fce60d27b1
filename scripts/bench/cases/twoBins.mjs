const workspace = {
	channels: [
		{
			name: "singlechannel",
			samples: [
				{ name: "signal", data: [12, 11], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{
					name: "background",
					data: [50, 52],
					modifiers: [{ name: "uncorr_bkguncrt", type: "shapesys", data: [3, 7] }],
				},
			],
		},
	],
	observations: [{ name: "singlechannel", data: [51, 48] }],
	measurements: [{ name: "Measurement", config: { poi: "mu", parameters: [] } }],
	version: "1.0.0",
};

export const twoBins = {
	name: "two-bins",
	title: "Two bins",
	source: "pyhf's hello world: signal 12, 11 on background 50 ± 3, 52 ± 7; observed 51, 48",
	tasks: ["load", "fit", "hypotest", "limits", "toys", "toys-all-cores", "command"],
	toys: 200_000,
	open: () => ({ workspace: JSON.stringify(workspace), patches: [] }),
};
