import { FitError } from "../errors.js";

/** What the core answers where a fit does not converge; its code is the index less one. */
const FAILURES = [
	{
		code: "iteration-limit",
		message:
			"the fit reached its iteration limit before the minimum; raise options.maxIterations, or give other start values",
	},
	{
		code: "stalled",
		message:
			"the fit stopped where no step lowers −2 ln L although its gradient does not vanish or its curvature is negative; give other start values or bounds",
	},
	{
		code: "outside-domain",
		message:
			"no parameter values were found within the bounds for which every bin with counts has a positive expected rate and no rate is negative: the data are impossible in this model; give it some background there, or other bounds or start values",
	},
	{
		code: "edge-of-domain",
		message:
			"−2 ln L falls up to where an expected rate becomes negative in a bin without counts, and no minimum was found on that edge; narrow the bounds of what makes that rate negative, or merge the bin",
	},
] as const;

/** How a fit can end, by the core's number for it. */
export const FIT_STATUSES = ["converged", ...FAILURES.map(({ code }) => code)] as const;

/** The error for a status of the core that is not 0, saying in which fit it came up. */
export function fitError(status: number, where: string): FitError {
	const { code, message } = FAILURES[status - 1] ?? FAILURES[1];
	return new FitError(code, `${where}: ${message}`);
}
