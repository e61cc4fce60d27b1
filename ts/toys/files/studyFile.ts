import * as v from "valibot";
import { once } from "../../spec/once.js";
import type { Ensemble } from "../ensemble.js";
import { studyDigest, type ToyStudy } from "../toyStudy.js";
import { decodeBytes, decodeDoubles, decodeWords, encodeBytes, encodeDoubles, encodeWords } from "./base64.js";
import {
	damaged,
	decoded,
	digestText,
	isFileOf,
	readEnvelope,
	STUDY_FILE,
	wholeNumber,
	writeEnvelope,
} from "./envelope.js";

/**
 * A study as text, JSON with arrays in base64: all that a machine needs to make its toys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uncorrelatedBackground } from "histfactory";
 * import { planToyTest, readToyStudy, writeToyStudy } from "histfactory/toys";
 *
 * const workspace = uncorrelatedBackground({
 * 	signal: [12, 11],
 * 	background: [50, 52],
 * 	backgroundUncertainty: [3, 7],
 * 	observed: [51, 48],
 * });
 * const model = workspace.model();
 * const study = planToyTest(1, workspace.data(model), model, { toys: 500, seed: 7 });
 * assert.deepEqual(readToyStudy(writeToyStudy(study)), study);
 * ```
 */
export function writeToyStudy(study: ToyStudy): string {
	const { kind, model, ensembles, toys, poi, mu, testStatistic, observed, seed, auxiliary, digest } = study;
	return writeEnvelope(STUDY_FILE, {
		kind,
		poi,
		mu,
		testStatistic,
		observed,
		toys,
		seed,
		auxiliary,
		digest,
		model: { structure: encodeWords(model.structure), numbers: encodeDoubles(model.numbers) },
		ensembles: ensembles.map(encodeEnsemble),
	});
}

/**
 * The study that {@link writeToyStudy} wrote.
 *
 * @throws ToyFileError `not-a-study`, `damaged`, `other-format`, `other-version`.
 */
export function readToyStudy(text: string): ToyStudy {
	const study = readEnvelope(STUDY_FILE, studyContents(), text);
	if (studyDigest(study) !== study.digest) throw damaged(STUDY_FILE, "its contents do not have its digest");
	if (!fits(study)) throw damaged(STUDY_FILE, "its parts do not fit together");
	for (const ensemble of study.ensembles) {
		for (const part of [ensemble.points, ensemble.fit, ensemble.statistic, ensemble]) Object.freeze(part);
	}
	Object.freeze(study.ensembles);
	Object.freeze(study.toys);
	Object.freeze(study.model);
	return Object.freeze(study);
}

/** Whether a text is meant to be a study and not, say, a workspace. */
export function isToyStudy(text: string): boolean {
	return isFileOf(STUDY_FILE, text);
}

function encodeEnsemble({ seed, stream, points, fluctuateAuxiliary, auxiliary, fit, statistic }: Ensemble) {
	return {
		seed,
		stream,
		points: points.map(encodeDoubles),
		fluctuateAuxiliary,
		auxiliary: encodeDoubles(auxiliary),
		fit: {
			start: encodeDoubles(fit.start),
			lower: encodeDoubles(fit.lower),
			upper: encodeDoubles(fit.upper),
			fixed: encodeBytes(fit.fixed),
			maxIterations: fit.maxIterations,
			starts: fit.starts,
		},
		statistic:
			statistic.kind === "deviance"
				? { kind: statistic.kind }
				: { ...statistic, conditional: encodeDoubles(statistic.conditional) },
	};
}

const studyContents = once(() => {
	const doubles = decoded(decodeDoubles);
	const statistic = v.variant("kind", [
		v.strictObject({
			kind: v.picklist(["q0", "q", "qtilde"]),
			poi: wholeNumber,
			mu: v.number(),
			conditional: doubles,
		}),
		v.strictObject({ kind: v.literal("deviance") }),
	]);
	const ensemble = v.strictObject({
		seed: wholeNumber,
		stream: wholeNumber,
		points: v.array(doubles),
		fluctuateAuxiliary: v.boolean(),
		auxiliary: doubles,
		fit: v.strictObject({
			start: doubles,
			lower: doubles,
			upper: doubles,
			fixed: decoded(decodeBytes),
			maxIterations: wholeNumber,
			starts: wholeNumber,
		}),
		statistic,
	});
	return v.strictObject({
		kind: v.picklist(["test", "goodness-of-fit", "discovery"]),
		model: v.strictObject({ structure: decoded(decodeWords), numbers: doubles }),
		ensembles: v.array(ensemble),
		toys: v.array(wholeNumber),
		poi: v.string(),
		mu: v.number(),
		testStatistic: v.picklist(["q0", "q", "qtilde", "deviance"]),
		observed: v.number(),
		seed: wholeNumber,
		auxiliary: v.picklist(["fluctuated", "fixed"]),
		digest: digestText,
	});
});

/** Whether lists that belong together have the same length. */
function fits({ kind, ensembles, toys }: ToyStudy): boolean {
	if (ensembles.length !== (kind === "test" ? 2 : 1) || toys.length !== ensembles.length) return false;
	return ensembles.every(({ points, fit: { start, lower, upper, fixed }, statistic }) => {
		const perParameter = [...points, lower, upper, fixed];
		if (statistic.kind !== "deviance") {
			if (statistic.poi >= start.length) return false;
			perParameter.push(statistic.conditional);
		}
		return points.length > 0 && perParameter.every(({ length }) => length === start.length);
	});
}
