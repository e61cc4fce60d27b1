import { fileURLToPath } from "node:url";

/** This library, in WebAssembly, from the built package. */
export const histfactory = {
	name: "histfactory",
	command: () => [process.execPath, [fileURLToPath(new URL("../histfactoryBench.mjs", import.meta.url))]],
	starts: 5,
};
