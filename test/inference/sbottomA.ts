import { readFileSync } from "node:fs";
import { parsePatch } from "../../ts/spec/patch.js";
import { Workspace } from "../../ts/workspace.js";
import type { SmallModel } from "./smallModels.js";

const read = (file: string) => readFileSync(new URL(`../fixtures/sbottom-region-a/${file}`, import.meta.url), "utf8");

/** ATLAS-SUSY-2018-31, region A, with one of its signal points: 64 parameters, 6 bins. */
export function sbottomA(): SmallModel {
	const workspace = Workspace.parse(read("BkgOnly.json"));
	const model = workspace.model({ patches: [parsePatch(read("patch.sbottom_1300_205_60.json"))] });
	return { model, data: workspace.data(model) };
}
