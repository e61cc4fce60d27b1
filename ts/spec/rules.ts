import { channelRules } from "./channelRules.js";
import type { Draft } from "./draft.js";
import type { Finding } from "./finding.js";
import { measurementRules } from "./measurementRules.js";
import { collectParameters } from "./parameterUse.js";

/**
 * Every rule of a workspace that no schema states, run on what passed the schema.
 *
 * What pyhf fits is never refused, but for what it reads past its end: lengths that only agree in sum and
 * shapefactors shared by channels of different lengths.
 */
export function checkRules(draft: Draft): Finding[] {
	const { parameters, findings } = collectParameters(draft);
	return [...channelRules(draft), ...findings, ...measurementRules(draft, parameters)];
}
