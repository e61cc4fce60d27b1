import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { syntheticWorkspace } from "../../scripts/bench/synthetic.mjs";
import { fit, Workspace } from "../../ts/index.js";

test("the same workspace comes out everywhere", () => {
	const text = JSON.stringify(syntheticWorkspace({ bins: 130, parameters: 6, samples: 4, seed: 7 }));
	expect(createHash("sha256").update(text).digest("hex")).toMatchInlineSnapshot(
		`"0936c1c9ec7393ef0523a8b2d483365a2d899a263a92a557a93820ae9bd7e8e1"`,
	);
	const { channels, observations } = syntheticWorkspace({ bins: 130, parameters: 6, samples: 4, seed: 7 });
	expect(channels[0]!.samples[1]!.data.slice(0, 3)).toMatchInlineSnapshot(`
		[
		  264.0486,
		  256.35973,
		  249.00195,
		]
	`);
	expect(observations[0]!.data.slice(0, 3)).toMatchInlineSnapshot(`
		[
		  394,
		  374,
		  356,
		]
	`);
});

test("another seed gives other numbers, more bins and parameters leave those before", () => {
	const signals = (size: { bins: number; parameters: number; seed: number }) =>
		syntheticWorkspace({ ...size, samples: 3 }).channels[0]!.samples[0]!.data;
	const small = signals({ bins: 100, parameters: 2, seed: 1 });
	expect(signals({ bins: 300, parameters: 9, seed: 1 })).toEqual(small);
	expect(signals({ bins: 100, parameters: 2, seed: 2 })).not.toEqual(small);
});

test("it has the bins, parameters and samples that were asked for", () => {
	const document = syntheticWorkspace({ bins: 250, parameters: 11, samples: 3 });
	const model = Workspace.parse(document).model();
	expect(model.channels.map(({ bins }) => bins)).toEqual([100, 100, 50]);
	expect(model.channels[0]!.samples).toEqual(["background_1", "background_2", "signal"]);
	expect(model.parameterNames).toHaveLength(1 + 11 + 250);
	const types = document.channels[0]!.samples[0]!.modifiers.map(({ type }) => type);
	expect(types.filter((type) => type === "normsys")).toHaveLength(6);
	expect(types.filter((type) => type === "histosys")).toHaveLength(5);
});

test("its fit is a physical one", () => {
	const workspace = Workspace.parse(syntheticWorkspace({ bins: 150, parameters: 20, samples: 4 }));
	const model = workspace.model();
	const best = fit(workspace.data(model), model);
	const { poiIndex } = model;
	expect(Math.abs(best.parameters[poiIndex!]! - 1)).toBeLessThan(3 * best.uncertainties[poiIndex!]!);
	expect(best.atBound.every((side) => side === undefined)).toBe(true);
	const systematics = model.parameterNames.flatMap((name, i) => (name.startsWith("systematic") ? [i] : []));
	expect(Math.max(...systematics.map((i) => Math.abs(best.parameters[i]!)))).toBeLessThan(2);
	const deviations = systematics.map((i) => best.uncertainties[i]!);
	expect(Math.min(...deviations)).toBeGreaterThan(0.1);
	expect(Math.max(...deviations)).toBeLessThan(1.2);
});
