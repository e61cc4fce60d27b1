import type { GoodnessOfFitResult } from "../toys/goodnessOfFit.js";
import type { JsonRecord } from "./json.js";
import type { Table } from "./table.js";
import { distributionRecord, madeRecord, probability, significant, toyNotes } from "./toyCounts.js";

/** The goodness of fit: the p-value of the deviance by toys and from χ². */
export function goodnessOfFitTable(result: GoodnessOfFitResult): Table {
	return {
		title: "Goodness of fit (deviance from the saturated model)",
		columns: [
			{ title: "", kind: "text" },
			{ title: "p-value", kind: "measured" },
		],
		rows: [
			["toys", probability(result.pValue, result.pValueError)],
			["χ²", probability(result.chiSquarePValue, undefined)],
		],
		notes: [
			`Deviance ${significant(result.deviance)} with ${result.degreesOfFreedom} ${result.degreesOfFreedom === 1 ? "degree" : "degrees"} of freedom.`,
			...toyNotes(result, [{ name: "the best fit", distribution: result.bestFit }]),
		],
	};
}

/** A goodness of fit as JSON; `p_value_chi_square` is `null` where there are no degrees of freedom. */
export function goodnessOfFitRecord(result: GoodnessOfFitResult): JsonRecord {
	const { poi: _, generated_at: __, ...bestFit } = distributionRecord(result.bestFit);
	return {
		...madeRecord(result),
		deviance: result.deviance,
		degrees_of_freedom: result.degreesOfFreedom,
		p_value: result.pValue,
		p_value_error: result.pValueError,
		p_value_chi_square: result.chiSquarePValue ?? null,
		toys: { best_fit: bestFit },
	};
}
