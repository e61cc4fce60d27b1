import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundleCli } from "../bundleCli.mjs";
import { bundlePlot } from "../bundlePlot.mjs";
import { packageCommand, root } from "../setup/command.mjs";
import { runQuietly, step } from "../setup/step.mjs";
import { bundleLibrary } from "./bundleLibrary.mjs";
import { removeUnreached } from "./removeUnreached.mjs";
import { Product } from "./upToDate.mjs";

const dist = join(root, "dist");

/** Where the build writes JavaScript that the sources import. */
const generated = ["core/generated", "toys/generated", "pool/generated"];

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
			removeUnreached(dist, ["index.d.ts", "slim.d.ts", "plot/index.d.ts", "report/index.d.ts", "toys/index.d.ts"]);
			await bundleLibrary(dist);
			await bundlePlot(join(dist, "plot", "index.js"));
			await bundleCli(join(dist, "cli.js"));
		}),
	);
}

/** The compiler reads the declarations of the generated JavaScript without copying them; `histfactory/slim` needs the core. */
function copyGenerated() {
	for (const folder of generated) {
		mkdirSync(join(dist, folder), { recursive: true });
		const declarations = readdirSync(join(root, "ts", folder)).filter((file) => file.endsWith(".d.ts"));
		for (const file of declarations) copyFileSync(join(root, "ts", folder, file), join(dist, folder, file));
	}
	copyFileSync(join(root, "ts/core/generated/histfactory.wasm"), join(dist, "histfactory.wasm"));
}
