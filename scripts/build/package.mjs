import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundleCli } from "../bundleCli.mjs";
import { bundlePlot } from "../bundlePlot.mjs";
import { packageCommand, root } from "../setup/command.mjs";
import { runQuietly, step } from "../setup/step.mjs";
import { bundleSlim } from "./bundleSlim.mjs";
import { reachedFrom } from "./reachedFrom.mjs";
import { Product } from "./upToDate.mjs";

const dist = join(root, "dist");
const generated = "ts/core/generated";

/** What is published: dist/. */
export const distribution = new Product("package", {
	inputs: [
		"ts",
		"tsconfig.json",
		"tsconfig.build.json",
		"package.json",
		"package-lock.json",
		"scripts/build",
		"scripts/bundleCli.mjs",
		"scripts/bundlePlot.mjs",
		"scripts/bundledLicences.mjs",
	],
	outputs: ["dist"],
});

/** Builds dist/ where it is not up to date. */
export async function buildPackage() {
	await distribution.make(() =>
		step("build: the package, dist/", async () => {
			rmSync(dist, { recursive: true, force: true });
			await runQuietly(packageCommand("typescript/bin/tsc", "-p", "tsconfig.build.json"), {
				failure: "The TypeScript sources could not be compiled; what the compiler said stands above.",
			});
			copyGenerated();
			const ofLibrary = await bundleSlim(join(dist, "slim.js"));
			const ofReport = await reachedFrom("dist/report/index.js");
			removeUnreached(new Set([...ofLibrary, ...ofReport]));
			await bundlePlot(join(dist, "plot", "index.js"));
			await bundleCli(join(dist, "cli.js"));
		}),
	);
}

/** The compiler reads the generated JavaScript's declarations only, and copies neither. */
function copyGenerated() {
	const target = join(dist, "core", "generated");
	mkdirSync(target, { recursive: true });
	for (const file of readdirSync(join(root, generated))) {
		const into = file.endsWith(".wasm") ? dist : target;
		copyFileSync(join(root, generated, file), join(into, file));
	}
}

/**
 * Of what only the plots need the types remain: their code comes in one bundle with the drawing library. The same goes
 * for modules that hold nothing but types.
 */
function removeUnreached(reached) {
	for (const file of readdirSync(dist, { recursive: true })) {
		const path = join(dist, file);
		const code = path.replace(/\.map$/, "");
		if (code.endsWith(".js") && !reached.has(code)) rmSync(path);
	}
}
