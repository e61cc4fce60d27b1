import { workspaces } from "./workspaces.js";

/**
 * What a user's program might do with the library. The numbers come with all their bits, sixteen hexadecimal digits
 * each, to be compared between engines and bundles.
 */
export function probe({ contour, fit, hypotest, impacts, intervals, scan, upperLimit, Workspace }) {
	const results = {};
	for (const [name, { document, patches }] of Object.entries(workspaces)) {
		const workspace = Workspace.parse(document);
		const model = workspace.model({ patches });
		const data = workspace.data(model);
		const best = fit(data, model);
		const test = hypotest(1, data, model);
		const points = scan([0.5, 1.5], data, model).points;
		const limit = upperLimit(data, model);
		results[`${name}: nll`] = bits([model.twiceNll(model.init, data), ...model.expectedData(model.init)]);
		results[`${name}: fit`] = bits([best.twiceNll, ...best.parameters, ...best.uncertainties, ...best.correlation]);
		results[`${name}: hypotest`] = bits([test.cls, test.clsb, test.clb, test.statistic, ...test.expected]);
		results[`${name}: scan`] = bits(points.flatMap((point) => [point.cls, ...point.expected]));
		results[`${name}: limit`] = bits([limit.observed, ...limit.expected]);
		const free = { bounds: { [model.poi]: [-20, 20] } };
		const other = model.parameterNames.find((parameter, i) => parameter !== model.poi && !model.fixed[i]);
		const ends = intervals([model.poi], data, model, free).intervals[0];
		const corners = contour(model.poi, other, data, model, free).points;
		const ranking = impacts(data, model, fit(data, model, free)).ranking;
		results[`${name}: interval`] = bits([ends.lower, ends.upper]);
		results[`${name}: contour`] = bits(corners.flatMap(({ values }) => values));
		results[`${name}: impacts`] = bits(ranking.flatMap((impact) => [impact.postfit, impact.pull ?? 0]));
	}
	return results;
}

function bits(numbers) {
	if (numbers.some((number) => typeof number !== "number")) return String(numbers);
	const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
