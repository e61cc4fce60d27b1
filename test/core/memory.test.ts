import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { fit, hypotest, Model, upperLimit, Workspace } from "../../ts/index.js";
import { compile } from "../../ts/model/compile.js";

const fixture = (file: string) =>
	readFileSync(new URL(`../fixtures/sbottom-region-a/${file}`, import.meta.url), "utf8");

/** The core's memory, caught when its module is instantiated; the library keeps it to itself. */
const memories: WebAssembly.Memory[] = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
	constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
		super(module, imports);
		memories.push(this.exports.memory as WebAssembly.Memory);
	}
};
afterAll(() => {
	WebAssembly.Instance = Instance;
});

/** The bytes of memory after `warmUp` runs and after `runs` more of them. */
function bytesAfter(warmUp: number, runs: number, run: () => void): [before: number, after: number] {
	const bytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
	for (let i = 0; i < warmUp; i++) run();
	const before = bytes();
	for (let i = 0; i < runs; i++) run();
	return [before, bytes()];
}

const background = Workspace.parse(fixture("BkgOnly.json"));
const published = background.patch(JSON.parse(fixture("patch.sbottom_1300_205_60.json")));
const small = Workspace.parse({
	channels: [
		{
			name: "SR",
			samples: [
				{ name: "signal", data: [5, 10], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
				{ name: "background", data: [50, 60], modifiers: [{ name: "bkg", type: "shapesys", data: [5, 12] }] },
			],
		},
	],
	observations: [{ name: "SR", data: [52, 65] }],
	measurements: [{ name: "measurement", config: { poi: "mu", parameters: [] } }],
	version: "1.0.0",
});

describe("the core's memory stays as it is", () => {
	test("over a thousand loads of a published likelihood", () => {
		const compiled = compile(published.document);
		const [before, after] = bytesAfter(10, 1000, () => new Model(compiled).free());
		expect(memories).toHaveLength(1);
		expect(before).toBeGreaterThan(0);
		expect(after).toBe(before);
	});

	test("over a thousand fits, tests and limits of a small one", () => {
		const [before, after] = bytesAfter(10, 1000, () => {
			const model = small.model();
			const data = small.data(model);
			fit(data, model);
			hypotest(1, data, model);
			upperLimit(data, model);
			model.free();
		});
		expect(after).toBe(before);
	});

	test("over fits and tests of the published one", () => {
		const model = published.model();
		const data = published.data(model);
		const [before, after] = bytesAfter(2, 10, () => {
			fit(data, model);
			hypotest(1, data, model);
		});
		model.free();
		expect(after).toBe(before);
	});

	test("and where models of two sizes come and go in turn", () => {
		const compiled = [published, small, background].map(({ document }) => compile(document));
		const [before, after] = bytesAfter(10, 300, () => {
			const models = compiled.map((arrays) => new Model(arrays));
			for (const model of models) model.free();
		});
		expect(after).toBe(before);
	});
});
