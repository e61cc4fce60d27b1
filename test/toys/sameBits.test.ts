import { expect, test } from "vitest";
import type { FlatModel } from "../../ts/toys/ensemble.js";
import { loadToyCore } from "../../ts/toys/toyCore.js";
import { loadEnsemble } from "../../ts/toys/toyRunner.js";

interface Case {
	readonly model: FlatModel;
	readonly auxiliary: number[];
	readonly start: number[];
	readonly lower: number[];
	readonly upper: number[];
	/** That of `crates/toys/tests/statistics.rs`, by machine code. */
	readonly digest: bigint;
}

const taus = [(50 / 3) * (50 / 3), (52 / 7) * (52 / 7)] as const;

const TWO_BINS: Case = {
	model: {
		structure: Uint32Array.of(1, 3, 2, 2, 2, 4, 5, 0, 2, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 1, 1, 1, 2, 1),
		numbers: Float64Array.of(12, 11, 50, 52, ...taus),
	},
	auxiliary: [...taus],
	start: [1, 1, 1],
	lower: [0, 1e-10, 1e-10],
	upper: [10, 10, 10],
	digest: 0x4352ea2e246530c6n,
};

/** With a normsys, a histosys and a free normalisation. */
const VARIED: Case = {
	model: {
		structure: Uint32Array.of(1, 4, 2, 2, 2, 4, 5, 0, 2, 0, 0, 1, 0, 0, 0, 2, 1, 1, 1, 0, 3, 2, 1, 2, 0, 3, 0),
		numbers: Float64Array.of(9, 2, 40, 60, 4, -3, 3, -4, 0.85, 1.2, 1, 1),
	},
	auxiliary: [0, 0],
	start: [1, 1, 0, 0],
	lower: [0, 0, -5, -5],
	upper: [10, 10, 5, 5],
	digest: 0x649f060a85118b85n,
};

/** FNV-1a over doubles, lowest byte first. */
function digestOf(numbers: readonly number[]): bigint {
	const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
	return bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n);
}

test.each([
	["in closed form", TWO_BINS],
	["by the minimiser", VARIED],
])("toys fitted %s have the bits of machine code", (_, { model, auxiliary, start, lower, upper, digest }) => {
	const background = [0, ...start.slice(1)];
	const answer = loadToyCore().call((glue) => {
		const ensemble = loadEnsemble(glue, model, {
			seed: Number.MAX_SAFE_INTEGER,
			stream: 3,
			points: [Float64Array.from(start), Float64Array.from(background)],
			fluctuateAuxiliary: true,
			auxiliary: Float64Array.from(auxiliary),
			fit: {
				start: Float64Array.from(start),
				lower: Float64Array.from(lower),
				upper: Float64Array.from(upper),
				fixed: new Uint8Array(start.length),
				maxIterations: 200,
				starts: 1,
			},
			statistic: { kind: "qtilde", poi: 0, mu: 1, conditional: Float64Array.from(start) },
		});
		const toys = ensemble.run(1000, 300);
		ensemble.free();
		return toys;
	});
	const toys = Array.from({ length: 300 }, (_, i) => [answer[i]!, answer[600 + i]!]);
	expect(digestOf(toys.flat())).toBe(digest);
});
