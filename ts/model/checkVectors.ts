import { DataError, OptionError } from "../errors.js";
import type { Model } from "./model.js";

/**
 * Data of a model as a vector of its own: main counts, then auxiliary data.
 *
 * @throws DataError `data-length`, `data-not-finite`, `negative-count`.
 */
export function checkData(data: ArrayLike<number>, model: Model): Float64Array<ArrayBuffer> {
	const length = model.bins + model.auxdata.length;
	if (data.length !== length) {
		const hint =
			data.length === model.bins ? "append model.auxdata, or use workspace.data(model)" : "see model.channels";
		throw new DataError(
			"data-length",
			`the model takes ${model.bins} main counts and ${model.auxdata.length} auxiliary measurements, ` +
				`${length} numbers in all, not ${data.length}; ${hint}`,
			"data",
		);
	}
	const values = numbersOf(data);
	const poisson = poissonMarks(model);
	for (let i = 0; i < length; i++) {
		const value = values[i]!;
		if (!Number.isFinite(value)) {
			throw new DataError("data-not-finite", `expected a number, found ${String(data[i])}`, `data[${i}]`);
		}
		if (value < 0 && (i < model.bins || poisson[i - model.bins])) {
			throw new DataError("negative-count", `a count cannot be negative, found ${value}`, `data[${i}]`);
		}
	}
	return values;
}

/**
 * Parameters of a model as a vector of its own.
 *
 * @throws OptionError `parameters-length`, `parameter-not-finite`.
 */
export function checkParameters(parameters: ArrayLike<number>, model: Model): Float64Array<ArrayBuffer> {
	const length = model.parameterNames.length;
	if (parameters.length !== length) {
		throw new OptionError(
			"parameters-length",
			`the model has ${length} parameters (model.parameterNames), not ${parameters.length}`,
			"parameters",
		);
	}
	const values = numbersOf(parameters);
	const bad = values.findIndex((value) => !Number.isFinite(value));
	if (bad >= 0) {
		const label = model.parameterNames[bad];
		const message = `expected a number for ${label}, found ${String(parameters[bad])}`;
		throw new OptionError("parameter-not-finite", message, `parameters[${bad}]`);
	}
	return values;
}

/** A copy; what is not a number becomes NaN instead of being converted. */
function numbersOf(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
	return Float64Array.from(values, (value: unknown) => (typeof value === "number" ? value : Number.NaN));
}

/** Which auxiliary measurements are counts. */
function poissonMarks(model: Model): boolean[] {
	return model.parameterSets
		.filter(({ constraint }) => constraint !== "none")
		.flatMap(({ constraint, size }) => Array<boolean>(size).fill(constraint === "poisson"));
}
