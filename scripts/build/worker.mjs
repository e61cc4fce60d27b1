import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/command.mjs";
import { step } from "../setup/step.mjs";
import { Product } from "./upToDate.mjs";

const generated = "ts/pool/generated";

/** The program of the pool's workers as a text within the code: there is no file beside a bundle that holds the library. */
const workerSource = new Product("worker", {
	inputs: ["ts/core", "ts/pool", "ts/toys", "ts/errors.ts", "package-lock.json", "scripts/build/worker.mjs"],
	outputs: [generated],
});

/** Builds it where it is not up to date; the cores come first. */
export async function buildWorker() {
	await workerSource.make(() => step("build: the program of the workers", writeGenerated));
}

async function writeGenerated() {
	const { build } = await import("esbuild");
	const bundled = await build({
		absWorkingDir: root,
		entryPoints: ["ts/pool/worker.ts"],
		bundle: true,
		write: false,
		platform: "neutral",
		format: "iife",
		target: "es2022",
		minify: true,
		legalComments: "none",
		logLevel: "warning",
	});
	const folder = join(root, generated);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const text = JSON.stringify(bundled.outputFiles[0].text.trim());
	writeFileSync(join(folder, "workerSource.js"), `export const workerSource =\n\t${text};\n`);
	writeFileSync(
		join(folder, "workerSource.d.ts"),
		"/** The program of a worker, a classic script for Node and for pages. */\nexport declare const workerSource: string;\n",
	);
}
