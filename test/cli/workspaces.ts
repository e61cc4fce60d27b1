const BACKGROUND = {
	name: "background",
	data: [50, 60],
	modifiers: [{ name: "uncorr_bkguncrt", type: "shapesys", data: [5, 12] }],
};

const SIGNAL = { name: "signal", data: [5, 10], modifiers: [{ name: "mu", type: "normfactor", data: null }] };

/** Two bins, a signal, a background with an uncertainty per bin: the example of pyhf's documentation. */
export const TWO_BINS = {
	channels: [{ name: "singlechannel", samples: [SIGNAL, BACKGROUND] }],
	observations: [{ name: "singlechannel", data: [50, 60] }],
	measurements: [{ name: "Measurement", config: { poi: "mu", parameters: [] } }],
	version: "1.0.0",
};

/** The same without the signal, whose name the measurement keeps. */
export const BACKGROUND_ONLY = { ...TWO_BINS, channels: [{ name: "singlechannel", samples: [BACKGROUND] }] };

/** Brings the signal back. */
export const SIGNAL_PATCH = [{ op: "add", path: "/channels/0/samples/0", value: SIGNAL }];

/** A patch set with that patch as its point `point_1_2`. */
export const PATCH_SET = {
	metadata: {
		references: { hepdata: "ins1234567" },
		digests: { md5: "0".repeat(32) },
		labels: ["m1", "m2"],
		description: "signal points",
	},
	patches: [{ metadata: { name: "point_1_2", values: [1, 2] }, patch: SIGNAL_PATCH }],
	version: "1.0.0",
};

const REGIONS = Array.from({ length: 40 }, (_, i) => `region${i}`);

/** Many regions, to keep a scan busy for a while. */
export const MANY_BINS = {
	...TWO_BINS,
	channels: REGIONS.map((name, i) => ({
		name,
		samples: [SIGNAL, { ...BACKGROUND, modifiers: [{ name: `uncertainty${i}`, type: "shapesys", data: [5, 12] }] }],
	})),
	observations: REGIONS.map((name) => ({ name, data: [50, 60] })),
};
