// node main.mjs BkgOnly.json patch.json [folder]: limits on one signal point of a published likelihood, and plots.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { analyse, draw } from "./publishedLikelihood.mjs";

const [backgroundOnly, signalPatch, folder = "published-likelihood-plots"] = process.argv.slice(2);
if (signalPatch === undefined) throw new Error("usage: node main.mjs BkgOnly.json patch.json [folder for the plots]");

const answer = analyse(await readFile(backgroundOnly, "utf8"), await readFile(signalPatch, "utf8"));
const { best, test, limit } = answer;
const poi = best.parameterNames.indexOf(limit.poi);
const bound = best.atBound[poi];
const uncertainty = bound === undefined ? `± ${best.uncertainties[poi].toFixed(3)}` : `at its ${bound} bound`;
console.log(`${limit.poi.padEnd(22)} ${best.parameters[poi].toFixed(3)} ${uncertainty}`);
console.log(`CLs of the prediction  ${test.cls.toFixed(4)}, expected ${test.expected[2].toFixed(4)}`);
console.log(`95 % CL upper limit    ${limit.observed?.toFixed(3) ?? limit.status.observed}`);
const expected = limit.expected.map((value, i) => value?.toFixed(3) ?? limit.status.expected[i]);
console.log(`expected, -2σ to +2σ   ${expected.join("  ")}`);

await mkdir(folder, { recursive: true });
for (const [plot, svg] of Object.entries(draw(answer))) await writeFile(join(folder, `${plot}.svg`), svg);
console.log(`Plots: ${folder}`);
