/**
 * What is measured on a model. A task has
 *
 * - `name`, by which cases, peers and the command line mean it, and a `title` for the head of a column;
 * - `prepare`: the job that brings a process to where the task can begin, not timed; none where left out;
 * - `toys`: whether it makes a case's `toys` of either hypothesis; peers that are slow make a share of them (`toyShare`),
 *   and their time is scaled up and their values are not compared;
 * - `program`: whether a whole program is started for every call, instead of a call to a process that is up;
 * - `values`: by which peers are compared, and how far two may lie apart: `"absolute"`, or `"relative"` to ours. The
 *   tolerances are the noise of pyhf's minimisers, which stop at a change of −2 ln L of 1e-6 (SLSQP) or at an estimated
 *   distance of 2e-4 (Minuit), and of its limits, which are sought to 1e-4.
 */
export const tasks = [
	{
		name: "load",
		title: "text to model",
		values: [
			{ key: "parameters", title: "parameters", tolerance: 0, measure: "absolute" },
			{ key: "bins", title: "bins", tolerance: 0, measure: "absolute" },
			{ key: "twiceNll", title: "−2 ln L at the start values", tolerance: 1e-9, measure: "relative" },
		],
	},
	{
		name: "fit",
		title: "fit, covariance",
		prepare: "load",
		values: [{ key: "twiceNll", title: "−2 ln L", tolerance: 2e-4, measure: "absolute" }],
	},
	{
		name: "hypotest",
		title: "hypotest, 5 expected",
		prepare: "load",
		values: [
			{ key: "cls", title: "CLs", tolerance: 1e-4, measure: "relative" },
			{ key: "expected", title: "expected CLs", tolerance: 2e-4, measure: "relative" },
		],
	},
	{
		name: "limits",
		title: "limits, 5 expected",
		prepare: "load",
		values: [
			{ key: "observed", title: "limit", tolerance: 2e-4, measure: "relative" },
			{ key: "expected", title: "expected limit", tolerance: 2e-4, measure: "relative" },
		],
	},
	{
		// The background is parsed once; every call takes the next of the signal patches.
		name: "point",
		title: "patch, model, CLs",
		prepare: "background",
		values: [{ key: "cls", title: "CLs", tolerance: 1e-4, measure: "relative" }],
	},
	{
		name: "toys",
		title: "toys, one thread",
		prepare: "load",
		toys: true,
		values: [{ key: "cls", title: "CLs", tolerance: 0.05, measure: "absolute" }],
	},
	{
		name: "toys-all-cores",
		title: "toys, all cores",
		prepare: "load",
		toys: true,
		values: [{ key: "cls", title: "CLs", tolerance: 0.05, measure: "absolute" }],
	},
	{
		name: "command",
		title: "command cls",
		program: true,
		values: [
			{ key: "cls", title: "CLs", tolerance: 1e-4, measure: "relative" },
			{ key: "expected", title: "expected CLs", tolerance: 2e-4, measure: "relative" },
		],
	},
];
