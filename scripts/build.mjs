import { buildCore, core } from "./build/core.mjs";
import { npmPackages } from "./setup/npmPackages.mjs";
import { setup } from "./setup.mjs";

/** Sets up what is missing and builds the core and dist/; what is up to date is left alone, silently. */
export async function build() {
	await buildForSources();
	const { buildPackage } = await import("./build/package.mjs");
	await buildPackage();
}

/** The part of it that running or checking the TypeScript sources needs. */
export async function buildForSources() {
	if (core.isUpToDate()) await npmPackages();
	else await setup();
	await buildCore();
}

export default build;
