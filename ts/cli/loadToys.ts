/** What the commands on toys need beyond the others. */
export type Toys = typeof import("./toys/index.js");

/**
 * Loads it. In the bundled command line it is packed away until then, so that the other commands need not wait for an
 * engine to read it (`scripts/bundleCli.mjs`).
 */
export function loadToys(): Promise<Toys> {
	return import("./toys/index.js");
}
