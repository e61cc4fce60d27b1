import { npmPackages } from "./setup/npmPackages.mjs";
import { requireRust, wasmTarget } from "./setup/rust.mjs";
import { wasmTools } from "./setup/wasmTools.mjs";

/**
 * Everything that building needs and a fresh clone lacks: the npm packages, Rust's WebAssembly target, wasm-bindgen
 * and wasm-pack. What is missing and cannot be installed from here is said before anything is downloaded; what is
 * there already is not mentioned.
 */
export async function setup() {
	requireRust();
	await npmPackages();
	await wasmTarget();
	await wasmTools();
}

export default setup;
