import { loadCore } from "../core/core.js";
import type { Ensemble, FlatModel } from "./ensemble.js";

/** A column that is this much shorter once earlier ones are taken out of it is one of their combinations. */
const DEPENDENT = 1e-8;

/**
 * The degrees of freedom of the deviance of a best fit: bins and constraints less free parameters.
 *
 * Bins that expect nothing do not count, nor do constraints of fixed parameters. A free parameter with a constraint takes
 * away what its constraint brings, so that what is left is the bins less the unconstrained free parameters; of these only
 * so many count as change the rates in different ways.
 */
export function degreesOfFreedom(model: FlatModel, { points, fit }: Ensemble): number {
	const point = points[0]!;
	const unconstrained = unconstrainedOf(model.structure, point.length).filter((i) => fit.fixed[i] === 0);
	const [rates, ...columns] = loadCore().call((glue) => {
		const core = new glue.CoreModel(model.structure, model.numbers);
		// Rates are linear in each unconstrained parameter, so that a step of any size gives the derivative.
		const moved = unconstrained.map((i) =>
			point.map((value, j) => (i === j ? value + Math.max(1, Math.abs(value)) : value)),
		);
		const all = [point, ...moved].map((at) => core.rates(at));
		core.free();
		return all;
	}) as [Float64Array, ...Float64Array[]];
	const counted = Array.from(rates.keys()).filter((bin) => rates[bin]! > 0);
	const derivatives = columns.map((column) =>
		counted.map((bin) => (column[bin]! - rates[bin]!) / Math.sqrt(rates[bin]!)),
	);
	return counted.length - rank(derivatives);
}

/** Parameters without a constraint, which stand at the end of the model's integers (`compiledModel.ts`). */
function unconstrainedOf(structure: Uint32Array, parameters: number): number[] {
	const constraints = structure[4]!;
	const constrained = new Set(structure.subarray(structure.length - 2 * constraints).filter((_, i) => i % 2 === 0));
	return Array.from({ length: parameters }, (_, i) => i).filter((i) => !constrained.has(i));
}

/** How many of the columns are independent, by Gram and Schmidt's method. */
function rank(columns: readonly (readonly number[])[]): number {
	const basis: number[][] = [];
	for (const column of columns) {
		const length = Math.sqrt(dot(column, column));
		let rest = [...column];
		// Twice, so that what rounding leaves of the first time goes.
		for (const unit of [...basis, ...basis]) {
			const along = dot(unit, rest);
			rest = rest.map((entry, i) => entry - along * unit[i]!);
		}
		const left = Math.sqrt(dot(rest, rest));
		if (left > DEPENDENT * length) basis.push(rest.map((entry) => entry / left));
	}
	return basis.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, entry, i) => sum + entry * b[i]!, 0);
}
