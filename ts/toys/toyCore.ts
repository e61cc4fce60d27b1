import type { CoreInstance } from "../core/coreInstance.js";
import { CoreLoader } from "../core/coreLoader.js";
import { compileEmbedded } from "../core/module.js";
import type { Ensemble, FlatModel } from "./ensemble.js";
import { createGlue, type Glue } from "./generated/glue.js";
import { embeddedModule } from "./generated/moduleBytes.js";

const loader = new CoreLoader<Glue>(createGlue, () => compileEmbedded(embeddedModule));
const STATISTICS = { q0: 0, q: 1, qtilde: 2, deviance: 3 } as const;

export function loadToyCore(): CoreInstance<Glue> {
	return loader.load();
}

export function coreEnsemble(glue: Glue, model: FlatModel, ensemble: Ensemble) {
	const { fit, statistic, points } = ensemble;
	const profile = statistic.kind === "deviance" ? undefined : statistic;
	return new glue.CoreEnsemble(
		model.structure,
		model.numbers,
		ensemble.auxiliary,
		Float64Array.from(points.flatMap((point) => [...point])),
		Float64Array.of(...fit.start, ...fit.lower, ...fit.upper),
		fit.fixed,
		fit.maxIterations,
		STATISTICS[statistic.kind],
		profile?.poi ?? 0,
		profile?.mu ?? 0,
		profile?.conditional ?? new Float64Array(0),
		ensemble.fluctuateAuxiliary,
		ensemble.seed,
		ensemble.stream,
	);
}

/** What the core finds for a data set. */
export interface DataStatistic {
	readonly statistic: number;
	readonly status: number;
}

export function statisticOf(model: FlatModel, ensemble: Ensemble, data: Float64Array): DataStatistic {
	return loadToyCore().call((glue) => {
		const object = coreEnsemble(glue, model, ensemble);
		const answer = object.statisticOf(data);
		object.free();
		return { status: answer[0]!, statistic: answer[1]! };
	});
}
