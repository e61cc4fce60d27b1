import type { CompiledModel } from "../../ts/model/compiledModel.js";
import type { HistosysCode, NormsysCode } from "../../ts/model/interpolation.js";
import { deltaOf, normsysFactor } from "./interpolation.js";
import { exactSum, twiceNormalNll, twicePoissonNll } from "./poisson.js";

/** One block as read back from the flat arrays. */
export interface DecodedBlock {
	readonly firstBin: number;
	readonly nominal: readonly number[];
	readonly histosys: readonly { readonly parameter: number; readonly up: number[]; readonly down: number[] }[];
	readonly normsys: readonly { readonly parameter: number; readonly lo: number; readonly hi: number }[];
	readonly scalarFactors: readonly number[];
	readonly binFactors: readonly number[];
}

/** Everything in `structure` and `numbers`. */
export interface DecodedModel {
	readonly version: number;
	readonly parameters: number;
	readonly bins: number;
	readonly normsys: NormsysCode;
	readonly histosys: HistosysCode;
	readonly blocks: readonly DecodedBlock[];
	readonly constraints: readonly {
		readonly parameter: number;
		readonly kind: "gaussian" | "poisson";
		readonly scale: number;
	}[];
}

/** Reads the flat arrays back, by their documentation alone. */
export function decode({ structure, numbers }: Pick<CompiledModel, "structure" | "numbers">): DecodedModel {
	const integers = reader(structure);
	const doubles = reader(numbers);
	const version = integers.next();
	const parameters = integers.next();
	const bins = integers.next();
	const blockCount = integers.next();
	const constraintCount = integers.next();
	const normsys = named(integers.next(), { 1: "code1", 4: "code4" } as const);
	const histosys = named(integers.next(), { 0: "code0", 2: "code2", 5: "code4p" } as const);
	const blocks = times(blockCount, () => {
		const firstBin = integers.next();
		const n = integers.next();
		const histosysCount = integers.next();
		const normsysCount = integers.next();
		const scalarCount = integers.next();
		const binCount = integers.next();
		return {
			firstBin,
			nominal: times(n, doubles.next),
			histosys: times(histosysCount, () => ({
				parameter: integers.next(),
				up: times(n, doubles.next),
				down: times(n, doubles.next),
			})),
			normsys: times(normsysCount, () => ({ parameter: integers.next(), lo: doubles.next(), hi: doubles.next() })),
			scalarFactors: times(scalarCount, integers.next),
			binFactors: times(binCount, integers.next),
		};
	});
	const constraints = times(constraintCount, () => ({
		parameter: integers.next(),
		kind: named(integers.next(), { 0: "gaussian", 1: "poisson" } as const),
		scale: doubles.next(),
	}));
	integers.end();
	doubles.end();
	return { version, parameters, bins, normsys, histosys, blocks, constraints };
}

/** Expected rates of each block. */
export function decodedRates(model: DecodedModel, parameters: ArrayLike<number>): number[][] {
	const at = (index: number) => parameters[index] as number;
	return model.blocks.map((block) => {
		const normalisation = block.normsys.reduce(
			(product, { parameter, lo, hi }) => product * normsysFactor(model.normsys, at(parameter), lo, hi),
			block.scalarFactors.reduce((product, parameter) => product * at(parameter), 1),
		);
		return block.nominal.map((nominal, bin) => {
			const sum = block.histosys.reduce(
				(rate, { parameter, up, down }) =>
					rate + deltaOf(model.histosys, at(parameter), up[bin] as number, down[bin] as number),
				nominal,
			);
			return block.binFactors.reduce((product, first) => product * at(first + bin), normalisation * sum);
		});
	});
}

/** Expected main rates. */
export function decodedExpected(model: DecodedModel, parameters: ArrayLike<number>): number[] {
	const total = new Array<number>(model.bins).fill(0);
	decodedRates(model, parameters).forEach((rates, k) => {
		const { firstBin } = model.blocks[k] as DecodedBlock;
		rates.forEach((rate, bin) => {
			total[firstBin + bin] = (total[firstBin + bin] as number) + rate;
		});
	});
	return total;
}

/** −2 ln L of main and auxiliary data with all constants. */
export function decodedTwiceNll(model: DecodedModel, parameters: ArrayLike<number>, data: ArrayLike<number>): number {
	return exactSum([
		...decodedExpected(model, parameters).map((rate, bin) => twicePoissonNll(data[bin] as number, rate)),
		...model.constraints.map(({ parameter, kind, scale }, k) => {
			const aux = data[model.bins + k] as number;
			const theta = parameters[parameter] as number;
			return kind === "poisson" ? twicePoissonNll(aux, theta * scale) : twiceNormalNll(aux, theta, scale);
		}),
	]);
}

function reader(values: ArrayLike<number>) {
	let position = 0;
	return {
		next: (): number => {
			const value = values[position];
			if (value === undefined) throw new Error(`the flat array ends at ${position}, before the model does`);
			position++;
			return value;
		},
		end: (): void => {
			if (position !== values.length) throw new Error(`${values.length - position} values are left over`);
		},
	};
}

function named<T extends string>(number: number, names: Readonly<Record<number, T>>): T {
	const name = names[number];
	if (name === undefined) throw new Error(`no code has the number ${number}`);
	return name;
}

function times<T>(count: number, make: () => T): T[] {
	return Array.from({ length: count }, () => make());
}
