import { expect, test } from "vitest";
import { type Report, renderReport } from "../../scripts/bench/table.mjs";

const twiceNll = { title: "−2 ln L", measure: "absolute", tolerance: 2e-4 } as const;
const expected = { title: "expected limit +2σ", measure: "relative", tolerance: 2e-4 } as const;

const REPORT: Report = {
	date: "2026-01-02T03:04:05.678Z",
	machine: { cpu: "Some Processor", cores: 2, os: "Linux 6 x64", loadAverage: 0.25 },
	peers: [
		{ name: "histfactory", importSeconds: 0.02, versions: { node: "20.0.0", histfactory: "0.1.0" } },
		{ name: "native", importSeconds: 0, versions: { native: "0.1.0" } },
		{ name: "pyhf", importSeconds: 1.01, versions: { python: "3.11.7", pyhf: "0.7.6" } },
		{ name: "pyhf+minuit", importSeconds: 1.1, versions: { python: "3.11.7", pyhf: "0.7.6", iminuit: "2.0.0" } },
	],
	models: [{ name: "a", title: "Model A", source: "somewhere" }],
	rows: [
		{
			model: "a",
			task: "load",
			size: { parameters: 3, bins: 2 },
			results: [
				{ peer: "histfactory", first: 0.05, samples: [0.01, 0.01], median: 0.01, values: { parameters: 3, bins: 2 } },
				{ peer: "pyhf", error: "MemoryError" },
			],
		},
		{
			model: "a",
			task: "fit",
			results: [
				{ peer: "histfactory", first: 0.002, samples: [1e-3, 1e-3], median: 1e-3 },
				{
					peer: "native",
					first: 0.001,
					samples: [6e-4, 6e-4],
					median: 6e-4,
					ratio: 0.6,
					differences: [
						{ ...twiceNll, tolerance: 0, ours: 101, theirs: 101.0000001, difference: 1e-7, agreement: "different" },
					],
				},
				{
					peer: "pyhf",
					first: 0.5,
					samples: [0.4, 0.4],
					median: 0.4,
					ratio: 400,
					note: "no covariance",
					differences: [{ ...twiceNll, ours: 101, theirs: 101.0000007, difference: 7e-7, agreement: "same" }],
				},
				{
					peer: "pyhf+minuit",
					first: 9,
					samples: [9],
					median: 9,
					ratio: 9000,
					differences: [{ ...twiceNll, ours: 101, theirs: 101.5, difference: 0.5, agreement: "different" }],
				},
			],
		},
		{
			model: "a",
			task: "limits",
			results: [
				{ peer: "histfactory", first: 0.05, samples: [0.01, 0.01], median: 0.01 },
				{
					peer: "pyhf",
					first: 74,
					samples: [74],
					median: 74,
					ratio: 7400,
					differences: [{ ...expected, ours: null, theirs: 6.25, difference: null, agreement: "different" }],
				},
			],
		},
		{
			model: "a",
			task: "hypotest",
			results: [
				{ peer: "histfactory", first: 0.05, samples: [0.01, 0.01], median: 0.01 },
				{ peer: "pyhf", exceeded: 20, ratio: 2000 },
			],
		},
	],
	leftOut: ["Model B (no file b.json)"],
};

test("a report is a table with what must be known to read it", () => {
	expect(renderReport(REPORT)).toMatchInlineSnapshot(`
		"2026-01-02T03:04:05.678Z: node 20.0.0, histfactory 0.1.0, native 0.1.0, python 3.11.7, pyhf 0.7.6, iminuit 2.0.0
		Some Processor, 2 cores, Linux 6 x64, load average 0.3 at the start
		Import, before the first call: histfactory 20.0 ms, pyhf 1.01 s, pyhf+minuit 1.10 s
		One thread each. Times are medians per warm call; × is the time over histfactory's.
		Values: = as ours within the noise of minimisers (native: to the last bit), ≈ within ten times that, ≠ not.

		Model A (3 parameters, 2 bins)
		                 text to model   fit, covariance           limits, 5 expected        hypotest, 5 expected
		  histfactory    10.0 ms         1.00 ms                   10.0 ms                   10.0 ms
		    first call   50.0 ms         2.00 ms                   50.0 ms                   50.0 ms
		  native                          600 µs  0.6× ≠ [1]
		  pyhf             fails [2]      400 ms  400× = [3]        74.0 s 7400× ≠ [4] [5]    > 20 s > 2000×
		  pyhf+minuit                     9.00 s 9000× ≠ [4] [6]

		[1] native: −2 ln L 101.0000001 where ours is 101 (absolute difference +1e-7, none is allowed).
		[2] pyhf: MemoryError.
		[3] pyhf: no covariance.
		[4] too slow for more than one run.
		[5] pyhf: expected limit +2σ 6.25 where ours is none.
		[6] pyhf+minuit: −2 ln L 101.5 where ours is 101 (absolute difference +5e-1, up to 2e-4 is noise).
		Model A: somewhere.
		Left out: Model B (no file b.json).
		"
	`);
});
