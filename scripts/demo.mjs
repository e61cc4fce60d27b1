import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { floatingBackground } from "./demo/floatingBackground.mjs";
import { Gallery } from "./demo/gallery.mjs";
import { publishedLikelihood } from "./demo/publishedLikelihood.mjs";
import { toyStudy } from "./demo/toys.mjs";
import { root } from "./setup/command.mjs";

/** The main job on real input: the examples with their numbers on the terminal and their plots in demo-output/. */
export default async function demo() {
	await build();
	const start = performance.now();
	await mkdir(join(root, "demo-output"), { recursive: true });
	const gallery = await Gallery.open("demo-output");
	await floatingBackground(gallery);
	await publishedLikelihood(gallery);
	await toyStudy(gallery);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	console.log(`
Everything is in demo-output/ (${gallery.kinds}), made in ${seconds} s. From here, for instance:
  npx histfactory fit demo-output/modified-floating.json
  npx histfactory limit demo-output/modified-floating.json --level 0.1 --plot demo-output/limit90.svg
  npx histfactory --help`);
}
