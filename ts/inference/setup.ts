import { OptionError } from "../errors.js";
import type { Model } from "../model/model.js";
import { nearest } from "../spec/nearest.js";
import type { FitOptions } from "./fit.js";

/** Start, bounds and fixed parameters of a fit, one entry per parameter. */
export interface Setup {
	readonly start: Float64Array<ArrayBuffer>;
	readonly lower: Float64Array<ArrayBuffer>;
	readonly upper: Float64Array<ArrayBuffer>;
	readonly fixed: Uint8Array<ArrayBuffer>;
	readonly maxIterations: number;
	readonly starts: number;
}

const MAX_ITERATIONS = 200;

/**
 * The model's own start values, bounds and fixed parameters, changed by the options.
 *
 * A start value of the model that lies outside bounds given in the options moves to the nearer bound.
 *
 * @throws OptionError `unknown-parameter`, `not-a-number`, `bad-bounds`, `outside-bounds`, `bad-iterations`, `bad-starts`.
 */
export function setupOf(model: Model, options: FitOptions): Setup {
	const setup = {
		start: model.init.slice(),
		lower: Float64Array.from(model.bounds, ([lower]) => lower),
		upper: Float64Array.from(model.bounds, ([, upper]) => upper),
		fixed: Uint8Array.from(model.fixed, Number),
		maxIterations: countOf(options.maxIterations ?? MAX_ITERATIONS, "bad-iterations", "options.maxIterations"),
		starts: countOf(options.starts ?? 1, "bad-starts", "options.starts"),
	};
	for (const [name, bounds] of Object.entries(options.bounds ?? {})) {
		const path = `options.bounds.${name}`;
		const [lower, upper] = checkBounds(bounds, path);
		for (const i of indicesOf(name, model, path)) {
			setup.lower[i] = lower;
			setup.upper[i] = upper;
			setup.start[i] = Math.min(Math.max(setup.start[i]!, lower), upper);
		}
	}
	const place = (name: string, value: unknown, path: string) => {
		if (typeof value !== "number" || !Number.isFinite(value)) {
			throw new OptionError("not-a-number", `expected a number, found ${String(value)}`, path);
		}
		for (const i of indicesOf(name, model, path)) {
			const [lower, upper] = [setup.lower[i]!, setup.upper[i]!];
			if (value < lower || value > upper) {
				const advice = `widen them with { bounds: { ${JSON.stringify(name)}: [lower, upper] } }`;
				throw new OptionError(
					"outside-bounds",
					`${value} lies outside the bounds ${lower} to ${upper}; ${advice}`,
					path,
				);
			}
			setup.start[i] = value;
		}
	};
	for (const [name, value] of Object.entries(options.init ?? {})) place(name, value, `options.init.${name}`);
	for (const [name, value] of Object.entries(options.fixed ?? {})) {
		const path = `options.fixed.${name}`;
		if (typeof value !== "boolean") place(name, value, path);
		for (const i of indicesOf(name, model, path)) setup.fixed[i] = value === false ? 0 : 1;
	}
	return setup;
}

/** The parameters that a label or the name of a set stands for. */
export function indicesOf(name: string, model: Model, path: string): number[] {
	const set = model.parameterSets.find((candidate) => candidate.name === name);
	if (set !== undefined) return Array.from({ length: set.size }, (_, i) => set.first + i);
	const index = model.parameterNames.indexOf(name);
	if (index >= 0) return [index];
	const known = [...model.parameterNames, ...model.parameterSets.map((candidate) => candidate.name)];
	const meant = nearest(name, known);
	const advice = meant === undefined ? "see model.parameterNames" : `did you mean ${meant}?`;
	throw new OptionError("unknown-parameter", `the model has no parameter ${JSON.stringify(name)}; ${advice}`, path);
}

function checkBounds(bounds: unknown, path: string): readonly [number, number] {
	if (Array.isArray(bounds) && bounds.length === 2) {
		const [lower, upper] = bounds;
		if (typeof lower === "number" && typeof upper === "number" && lower <= upper) return [lower, upper];
	}
	throw new OptionError("bad-bounds", "expected [lower, upper] with lower not above upper", path);
}

function countOf(value: number, code: string, path: string): number {
	if (Number.isInteger(value) && value > 0 && value < 2 ** 32) return value;
	throw new OptionError(code, `expected a positive whole number, found ${value}`, path);
}
