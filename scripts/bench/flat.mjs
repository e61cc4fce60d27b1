import { writeFileSync } from "node:fs";
import { bundled } from "./bundled.mjs";

/**
 * Writes a compiled model, its data and the set-up of its fit to a file that needs no more than reading numbers, all
 * little-endian: five unsigned 32-bit integers (lengths of `structure`, `numbers` and data, number of parameters, index of
 * the parameter of interest or 2³² − 1); `structure` as unsigned 32-bit integers; then as doubles `numbers`, data, start
 * values, lower and upper bounds; then a byte per parameter, 1 where it is fixed.
 *
 * The compiled model comes out of the package's own steps, as in `Workspace.model`.
 */
export async function writeFlat(path, input, patches) {
	const { Workspace, parsePatch } = await import("../../dist/index.js");
	const { compile } = await bundled("ts/model/compile.ts");
	const workspace = Workspace.parse(input);
	const patched = patches.reduce((whole, patch) => whole.patch(parsePatch(patch)), workspace);
	const compiled = compile(patched.document);
	const { structure, numbers, parameters } = compiled;
	const data = workspace.data(compiled);
	const bounds = parameters.sets.flatMap((set) => set.bounds);
	const doubles = [
		numbers,
		data,
		Float64Array.from(parameters.sets.flatMap((set) => set.init)),
		Float64Array.from(bounds, ([lower]) => lower),
		Float64Array.from(bounds, ([, upper]) => upper),
	];
	const poi = parameters.poiIndex ?? 0xffffffff;
	const header = Uint32Array.of(structure.length, numbers.length, data.length, parameters.size, poi);
	const fixed = Uint8Array.from(
		parameters.sets.flatMap((set) => set.fixed),
		Number,
	);
	writeFileSync(path, Buffer.concat([header, structure, ...doubles, fixed].map(bytesOf)));
}

function bytesOf({ buffer, byteOffset, byteLength }) {
	return Buffer.from(buffer, byteOffset, byteLength);
}
