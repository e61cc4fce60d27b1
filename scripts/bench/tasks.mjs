/**
 * What is measured on each model, a row each. Every task names the values by which peers are compared and how far two
 * may lie apart: `"absolute"`, or `"relative"` to ours. The tolerances are the noise of pyhf's minimisers, which stop
 * at a change of −2 ln L of 1e-6 (SLSQP) or at an estimated distance of 2e-4 (Minuit), and of its limits, which are
 * sought to 1e-4.
 */
export const tasks = [
	{
		name: "load",
		title: "load: text to ready model",
		values: [
			{ key: "parameters", title: "parameters", tolerance: 0, measure: "absolute" },
			{ key: "bins", title: "bins", tolerance: 0, measure: "absolute" },
			{ key: "twiceNll", title: "−2 ln L at the start values", tolerance: 1e-9, measure: "relative" },
		],
	},
	{
		name: "fit",
		title: "free fit with covariance",
		values: [{ key: "twiceNll", title: "−2 ln L", tolerance: 2e-4, measure: "absolute" }],
	},
	{
		name: "hypotest",
		title: "hypotest with expected set",
		values: [
			{ key: "cls", title: "CLs", tolerance: 1e-4, measure: "relative" },
			{ key: "expected", title: "expected CLs", tolerance: 2e-4, measure: "relative" },
		],
	},
	{
		name: "limits",
		title: "upper limits, observed + 5",
		values: [
			{ key: "observed", title: "limit", tolerance: 2e-4, measure: "relative" },
			{ key: "expected", title: "expected limit", tolerance: 2e-4, measure: "relative" },
		],
	},
];
