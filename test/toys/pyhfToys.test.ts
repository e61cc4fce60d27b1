import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { signalPlusBackground, uncorrelatedBackground, Workspace } from "../../ts/index.js";
import { parsePatch } from "../../ts/spec/patch.js";
import { toyTest } from "../../ts/toys/toyTest.js";

/** What `scripts/reference/pyhf_toys.py` printed once: pyhf 0.7.6 with NumPy 2.2.6 and SciPy 1.17.1, seed 1. */
interface Reference {
	readonly mu: number;
	/** Of either hypothesis. */
	readonly toys: number;
	readonly statistic: number;
	readonly clsb: number;
	readonly clb: number;
}

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

function floatingBackground(): Workspace {
	const { signal, background, background_uncertainty, observed } = JSON.parse(
		read("examples/floating-background/histograms.json"),
	).original;
	const backgroundUncertainty = background_uncertainty;
	return signalPlusBackground({ signal, background, backgroundUncertainty, observed, floatingBackground: true });
}

function sbottomA(): Workspace {
	const folder = "test/fixtures/sbottom-region-a";
	const workspace = Workspace.parse(read(`${folder}/BkgOnly.json`));
	return workspace.patch(parsePatch(read(`${folder}/patch.sbottom_1300_205_60.json`)));
}

const cases: readonly (readonly [string, () => Workspace, number, Reference])[] = [
	// pyhf_toys.py two-bins.json --toys 4000
	[
		"two bins",
		() =>
			uncorrelatedBackground({
				signal: [12, 11],
				background: [50, 52],
				backgroundUncertainty: [3, 7],
				observed: [51, 48],
			}),
		20_000,
		{ mu: 1, toys: 4000, statistic: 3.9382449203746432, clsb: 0.02375, clb: 0.44125 },
	],
	// pyhf_toys.py floating-background.json --test-poi 2 --toys 200
	[
		"a floating background",
		floatingBackground,
		20_000,
		{ mu: 2, toys: 200, statistic: 0.28832128128840395, clsb: 0.315, clb: 0.945 },
	],
	// pyhf_toys.py BkgOnly.json --patch patch.sbottom_1300_205_60.json --toys 200 --backend jax
	[
		"a published likelihood",
		sbottomA,
		3000,
		{ mu: 1, toys: 200, statistic: 1.9356583865814088, clsb: 0.09, clb: 0.335 },
	],
];

test.each(cases)("p-values of toys agree with pyhf's: %s", async (_, workspace, toys, reference) => {
	const model = workspace().model();
	const result = await toyTest(reference.mu, workspace().data(model), model, { toys, seed: 1, workers: 0 });
	expect(result.statistic).toBeCloseTo(reference.statistic, 3);
	for (const key of ["clsb", "clb"] as const) {
		const error = (p: number, n: number) => Math.sqrt((p * (1 - p)) / n);
		const combined = Math.hypot(error(reference[key], reference.toys), result[`${key}Error`]);
		expect(Math.abs(result[key] - reference[key]) / combined, `${key}: ${result[key]}`).toBeLessThan(3.5);
	}
});
