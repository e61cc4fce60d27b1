import { cores } from "./build/core.mjs";
import { buildWorker } from "./build/worker.mjs";
import { npmPackages } from "./setup/npmPackages.mjs";
import { setup } from "./setup.mjs";

/** Sets up what is missing and builds the cores, the program of the workers and dist/; what is up to date is left alone, silently. */
export async function build() {
	await buildForSources();
	const { buildPackage } = await import("./build/package.mjs");
	await buildPackage();
}

/** The part of it that running or checking the TypeScript sources needs. */
export async function buildForSources() {
	if (cores.every((core) => core.isUpToDate())) await npmPackages();
	else await setup();
	for (const core of cores) await core.build();
	await buildWorker();
}

export default build;
