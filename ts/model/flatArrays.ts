import type { Block } from "./blocks.js";
import type { CompiledModel } from "./compiledModel.js";
import type { HistosysCode, Interpolation, NormsysCode } from "./interpolation.js";
import type { ParameterTable } from "./parameterTable.js";

/** Version of the layout that {@link CompiledModel} describes. */
const FORMAT_VERSION = 1;

const HEADER_LENGTH = 7;
const BLOCK_HEADER_LENGTH = 6;
const CONSTRAINT_LENGTH = 2;

/** Numbers of the `normsys` codes in `structure`. */
export const NORMSYS_NUMBERS: ReadonlyMap<NormsysCode, number> = new Map([
	["code1", 1],
	["code4", 4],
]);

/** Numbers of the `histosys` codes in `structure`. */
export const HISTOSYS_NUMBERS: ReadonlyMap<HistosysCode, number> = new Map([
	["code0", 0],
	["code2", 2],
	["code4p", 5],
]);

/** `structure`, `numbers` and `auxdata` of a {@link CompiledModel}, laid out as it documents them. */
export function writeFlatArrays(
	parameters: ParameterTable,
	bins: number,
	blocks: readonly Block[],
	interpolation: Interpolation,
): Pick<CompiledModel, "structure" | "numbers" | "auxdata"> {
	const constrained = parameters.sets.filter(({ constraint }) => constraint !== "none");
	const constraints = sum(constrained, ({ size }) => size);
	const structure = new Uint32Array(HEADER_LENGTH + sum(blocks, integersOf) + CONSTRAINT_LENGTH * constraints);
	const numbers = new Float64Array(sum(blocks, doublesOf) + constraints);
	const auxdata = new Float64Array(constraints);

	structure.set([
		FORMAT_VERSION,
		parameters.size,
		bins,
		blocks.length,
		constraints,
		NORMSYS_NUMBERS.get(interpolation.normsys) as number,
		HISTOSYS_NUMBERS.get(interpolation.histosys) as number,
	]);
	let integer = HEADER_LENGTH;
	let double = 0;
	for (const block of blocks) {
		writeBlock(block, structure, integer, numbers, double);
		integer += integersOf(block);
		double += doublesOf(block);
	}
	let k = 0;
	for (const set of constrained) {
		for (let i = 0; i < set.size; i++, k++) {
			structure[integer + CONSTRAINT_LENGTH * k] = set.first + i;
			structure[integer + CONSTRAINT_LENGTH * k + 1] = set.constraint === "gaussian" ? 0 : 1;
			numbers[double + k] = set.scale[i] as number;
			auxdata[k] = set.auxdata[i] as number;
		}
	}
	return { structure, numbers, auxdata };
}

/** How many entries of `structure` a block takes. */
function integersOf({ histosys, normsys, scalarFactors, binFactors }: Block): number {
	return BLOCK_HEADER_LENGTH + histosys.length + normsys.length + scalarFactors.length + binFactors.length;
}

/** How many entries of `numbers` a block takes. */
function doublesOf({ nominal, histosys, normsys }: Block): number {
	return nominal.length * (1 + 2 * histosys.length) + 2 * normsys.length;
}

function writeBlock(
	block: Block,
	structure: Uint32Array,
	integer: number,
	numbers: Float64Array,
	double: number,
): void {
	const { firstBin, nominal, histosys, normsys, scalarFactors, binFactors } = block;
	const bins = nominal.length;
	structure.set([firstBin, bins, histosys.length, normsys.length, scalarFactors.length, binFactors.length], integer);
	let s = integer + BLOCK_HEADER_LENGTH;
	for (const { parameter } of histosys) structure[s++] = parameter;
	for (const { parameter } of normsys) structure[s++] = parameter;
	for (const parameter of scalarFactors) structure[s++] = parameter;
	for (const parameter of binFactors) structure[s++] = parameter;

	let n = double;
	for (const rate of nominal) numbers[n++] = rate;
	for (const { lo, hi } of histosys) {
		for (let bin = 0; bin < bins; bin++) numbers[n++] = (hi[bin] as number) - (nominal[bin] as number);
		for (let bin = 0; bin < bins; bin++) numbers[n++] = (nominal[bin] as number) - (lo[bin] as number);
	}
	for (const { lo, hi } of normsys) {
		numbers[n++] = lo;
		numbers[n++] = hi;
	}
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
	return items.reduce((total, item) => total + amount(item), 0);
}
