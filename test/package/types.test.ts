import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, inject, test } from "vitest";

const consumer = inject("consumer");
const typescript = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

const PROGRAM = `
import { type FitResult, fit, hypotest, scan, upperLimit, Workspace } from "histfactory";
import { renderBrazilBand } from "histfactory/plot";
import { fitTable, type JsonRecord, scanRecord, textTable } from "histfactory/report";
import { init } from "histfactory/slim";
import { type ToyProgress, type ToyTestResult, toyTest, WorkerError } from "histfactory/toys";

const workspace = Workspace.parse("{}");
const model = workspace.model({ measurement: "name", patches: [], interpolation: { normsys: "code1" } });
const data: Float64Array = workspace.data(model);
const best: FitResult = fit(data, model, { fixed: { mu: 1 } });
const names: readonly string[] = best.parameterNames;
const cls: number = hypotest(1, data, model, { testStatistic: "q" }).cls;
const limit: number | undefined = upperLimit(data, model, { level: 0.1 }).observed;
const loaded: Promise<void> = init(fetch("histfactory.wasm"));
const points = scan([0, 1], data, model);
const shown: readonly string[] = [textTable(fitTable(best)), renderBrazilBand(points)];
const record: JsonRecord = scanRecord(points);
let progress: ToyProgress | undefined;
const onProgress = (reached: ToyProgress): void => {
	progress = reached;
};
const study: Promise<ToyTestResult> = toyTest(1, data, model, { toys: 500, workers: 2, onProgress });
const blocked = (error: unknown): boolean => error instanceof WorkerError && error.code === "workers-blocked";
// @ts-expect-error: misspelt options are found
fit(data, model, { fix: { mu: 1 } });

export { blocked, cls, limit, loaded, names, progress, record, shown, study };
`;

test.each([
	{ name: "node", module: "nodenext", moduleResolution: "nodenext", lib: ["ES2022", "DOM"] },
	{ name: "bundler", module: "esnext", moduleResolution: "bundler", lib: ["ES2022", "DOM"] },
])("the types hold in a strict project, libraries checked: $name", ({ name, ...compilerOptions }) => {
	const project = join(consumer, `tsconfig.${name}.json`);
	const options = { ...compilerOptions, target: "ES2022", strict: true, skipLibCheck: false, noEmit: true, types: [] };
	writeFileSync(join(consumer, "user.ts"), PROGRAM);
	writeFileSync(project, JSON.stringify({ compilerOptions: options, files: ["user.ts"] }));
	const { stdout } = spawnSync(process.execPath, [typescript, "-p", project], { encoding: "utf8" });
	expect(stdout).toBe("");
});
