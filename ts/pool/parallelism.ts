import { nodeOs } from "./nodeModules.js";

/** How many workers keep this machine busy. */
export function availableParallelism(): number {
	return nodeOs()?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
