// node main.mjs BkgOnly.json patch.json [folder]: one signal point of a published likelihood by toys, and their plot.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { analyse, draw, estimated } from "./toys.mjs";

const [backgroundOnly, signalPatch, folder = "toy-plots"] = process.argv.slice(2);
if (signalPatch === undefined) throw new Error("usage: node main.mjs BkgOnly.json patch.json [folder for the plots]");

const onProgress = ({ done, total }) =>
	process.stderr.isTTY && process.stderr.write(`\r\x1b[K${done} of ${total} toys`);
const answer = await analyse(await readFile(backgroundOnly, "utf8"), await readFile(signalPatch, "utf8"), {
	onProgress,
});
if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
const { asymptotic, toys } = answer;
console.log(
	`CLs of the prediction  ${estimated(toys.test.cls, toys.test.clsError)}, asymptotic ${asymptotic.test.cls.toFixed(3)}`,
);
console.log(
	`95 % CL upper limit    ${estimated(toys.limit.observed, toys.limit.observedError)}, asymptotic ${asymptotic.limit.observed.toFixed(3)}`,
);
console.log(
	`expected               ${estimated(toys.limit.expected[2], toys.limit.expectedError[2])}, asymptotic ${asymptotic.limit.expected[2].toFixed(3)}`,
);

await mkdir(folder, { recursive: true });
for (const [plot, svg] of Object.entries(draw(answer))) await writeFile(join(folder, `${plot}.svg`), svg);
console.log(`Plots: ${folder}`);
