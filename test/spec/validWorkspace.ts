/** A fresh workspace with two channels and all seven modifier types, as untyped JSON to break in tests. */
export function validWorkspace(): Record<string, unknown> {
	return {
		channels: [
			{
				name: "SR",
				samples: [
					{
						name: "signal",
						data: [5, 6],
						modifiers: [
							{ name: "mu", type: "normfactor", data: null },
							{ name: "lumi", type: "lumi", data: null },
						],
					},
					{
						name: "background",
						data: [50, 60],
						modifiers: [
							{ name: "jes", type: "normsys", data: { lo: 0.9, hi: 1.1 } },
							{ name: "jes", type: "histosys", data: { lo_data: [48, 59], hi_data: [52, 61] } },
							{ name: "staterror_SR", type: "staterror", data: [2, 3] },
							{ name: "uncorrelated", type: "shapesys", data: [4, 5] },
						],
					},
				],
			},
			{
				name: "CR",
				samples: [
					{
						name: "background",
						data: [500, 600, 700],
						modifiers: [
							{ name: "jes", type: "normsys", data: { lo: 0.8, hi: 1.2 } },
							{ name: "shape_CR", type: "shapefactor", data: null },
							{ name: "lumi", type: "lumi", data: null },
						],
					},
				],
			},
		],
		observations: [
			{ name: "SR", data: [55, 66] },
			{ name: "CR", data: [505, 606, 707] },
		],
		measurements: [
			{
				name: "limits",
				config: {
					poi: "mu",
					parameters: [
						{ name: "lumi", inits: [1], bounds: [[0.5, 1.5]], auxdata: [1], sigmas: [0.02], fixed: false },
						{ name: "mu", bounds: [[0, 5]] },
					],
				},
			},
		],
		version: "1.0.0",
	};
}

/** Stands for a key or entry that is to be taken away. */
export const REMOVED = Symbol("removed");

/** `document` with the values at some paths (`channels[0].samples[1].data`) replaced. */
export function withChanges(document: Record<string, unknown>, changes: Readonly<Record<string, unknown>>): unknown {
	for (const [path, value] of Object.entries(changes)) {
		const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
		const last = steps.pop()!;
		const parent = steps.reduce<Record<string, unknown>>(
			(here, step) => here[step] as Record<string, unknown>,
			document,
		);
		if (value !== REMOVED) {
			// Not by assignment, which would change the prototype for `__proto__`.
			Object.defineProperty(parent, last, { value, writable: true, enumerable: true, configurable: true });
		} else if (Array.isArray(parent)) parent.splice(Number(last), 1);
		else delete parent[last];
	}
	return document;
}
