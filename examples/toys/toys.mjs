import { hypotest, parsePatch, upperLimit, Workspace } from "histfactory";
import { renderToyDistributions } from "histfactory/plot";
import { toyLimit, toyTest } from "histfactory/toys";

/**
 * One signal point of a published likelihood, with the asymptotic formulae and with toys: the test of the signal as predicted
 * (μ = 1) and the upper limit. Takes the texts of the workspace without signal and of the JSON Patch that brings it, and
 * options of the toy studies, such as `onProgress` and `workers`.
 */
export async function analyse(backgroundOnly, signalPatch, options = {}) {
	const workspace = Workspace.parse(backgroundOnly);
	const model = workspace.model({ patches: [parsePatch(signalPatch)] });
	const data = workspace.data(model);
	return {
		asymptotic: { test: hypotest(1, data, model), limit: upperLimit(data, model) },
		toys: {
			test: await toyTest(1, data, model, { toys: 3000, seed: 1, ...options }),
			limit: await toyLimit(data, model, { toys: 400, seed: 1, ...options }),
		},
	};
}

/** Its plot as SVG: the test statistic of the toys of both hypotheses, and of the data. */
export function draw({ asymptotic, toys }) {
	return { toys: renderToyDistributions(toys.test, { asymptotic: asymptotic.test }) };
}

/** `0.327 ± 0.014`. */
export function estimated(value, error) {
	return `${value.toFixed(3)} ± ${error.toFixed(3)}`;
}
