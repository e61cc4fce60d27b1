// node main.mjs [folder]: answers the question of README.md for both data sets and writes the plots into a folder.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { analyse, draw, measured } from "./floatingBackground.mjs";

const folder = process.argv[2] ?? "floating-background-plots";
await mkdir(folder, { recursive: true });
const dataSets = JSON.parse(await readFile(new URL("histograms.json", import.meta.url), "utf8"));

for (const [name, histograms] of Object.entries(dataSets)) {
	for (const floating of [false, true]) {
		const kind = floating ? "floating" : "fixed";
		const answer = analyse(histograms, floating);
		console.log(`${name} data, background ${kind}`);
		console.log(`  signal strength        ${measured(answer.best, "mu")}`);
		console.log(`  background / template  ${measured(answer.best, "bkgnorm")}`);
		console.log(`  95 % CL upper limit    ${answer.limit.observed.toFixed(3)}`);
		console.log(`  expected, -2σ to +2σ   ${answer.limit.expected.map((limit) => limit.toFixed(3)).join("  ")}`);
		for (const [plot, svg] of Object.entries(draw(answer, histograms))) {
			await writeFile(join(folder, `${name}-${kind}-${plot}.svg`), svg);
		}
	}
}
console.log(`Plots: ${folder}`);
