import { describe, expect, test } from "vitest";
import { type FitResult, fit } from "../../ts/inference/fit.js";
import { hypotest, type TestStatistic } from "../../ts/inference/hypotest.js";
import { scan } from "../../ts/inference/scan.js";
import { upperLimit, upperLimitFromScan } from "../../ts/inference/upperLimit.js";
import type { Interpolation } from "../../ts/model/interpolation.js";
import type { PatchOperation } from "../../ts/spec/patch.js";
import { PatchSet } from "../../ts/spec/patchset.js";
import { Workspace } from "../../ts/workspace.js";
import { describeShared, type SharedFiles } from "../shared.js";
import { expectClose } from "../twin/close.js";
import { twin } from "../twin/likelihood.js";

/**
 * A minimum that stands in the reference file with a noise of 2e-3: a background there has τ = 1.9e11, where the
 * textbook Poisson formula cancels. The slow twin, in saddle-point form, says what −2 ln L is at our minimum.
 */
const NOISY_MINIMUM = "SModelS_smodels-utils/SUSY-2018-06_3LeRJR_BkgOnly.json";

/**
 * Expected CLs of points where the published numbers carry more noise than the others (SLSQP stops early, and the tail
 * multiplies it): pyhf 0.7.6 with MINUIT at tolerance 1e-6.
 */
const EXPECTED_BY_MINUIT = new Map([
	[
		"C1N2_Wh_hbb_165_35",
		[6.583991729083153e-7, 1.758723762196359e-5, 3.975786396381091e-4, 6.556127727386439e-3, 6.300842356477686e-2],
	],
	[
		"C1N2_Wh_hbb_500_0",
		[6.67710901169335e-10, 5.214382648372807e-8, 3.4055093921243495e-6, 1.5908534696391617e-4, 4.183189924894645e-3],
	],
	[
		"C1N2_Wh_hbb_550_200",
		[1.169576085030249e-6, 2.8321988438074393e-5, 5.812501739947044e-4, 8.723227809272965e-3, 7.664688043978632e-2],
	],
]);

/**
 * Observed CLs of a point where −2 ln L at μ = 1 has two minima, 228.33209 and 228.33478: the published number and
 * MINUIT's (1.2981e-4) are those of the higher one.
 */
const OBSERVED_IN_LOWER_MINIMUM = new Map([["C1N2_Wh_hbb_500_0", 1.2998409524719247e-4]]);

interface Case {
	readonly file?: string;
	readonly patch?: string;
	readonly patchset?: string;
	readonly patch_name?: string;
}

interface ClsCase extends Case {
	readonly test_stat: TestStatistic;
	readonly mu: number;
	readonly modifier_settings: Interpolation;
	readonly CLs_obs: number;
	readonly CLs_exp?: readonly number[];
	readonly CLs_exp_median?: number;
	readonly rel_tol: number;
}

interface Converged {
	readonly cls: readonly ClsCase[];
	readonly minima: readonly (Case & { readonly twice_nll: number })[];
}

function patchesOf(shared: SharedFiles, { patch, patchset, patch_name }: Case): (readonly PatchOperation[])[] {
	if (patch !== undefined) return [shared.json(patch) as PatchOperation[]];
	return patchset === undefined ? [] : [PatchSet.parse(shared.text(patchset)).patch(patch_name!)];
}

describeShared("converged answers", (shared) => {
	const converged = shared.reference("converged.json") as Converged;

	test.each(converged.cls)("CLs of $file $patch_name", (reference) => {
		const workspace = Workspace.parse(shared.text(reference.file!));
		using model = workspace.model({
			patches: patchesOf(shared, reference),
			interpolation: reference.modifier_settings,
		});
		const { cls, expected } = hypotest(reference.mu, workspace.data(model), model, {
			testStatistic: reference.test_stat,
		});
		// Those solved again by one solver only are quoted to eight decimals.
		const tolerance = Math.max(reference.rel_tol, 1e-7);
		expectClose(cls, reference.CLs_obs, tolerance, "observed");
		for (const [i, value] of (reference.CLs_exp ?? []).entries()) {
			expectClose(expected[i as 0], value, tolerance, `expected ${i}`);
		}
		if (reference.CLs_exp_median !== undefined) expectClose(expected[2], reference.CLs_exp_median, tolerance);
	});

	test.each(converged.minima)("minimum of $file", (reference) => {
		const workspace = Workspace.parse(shared.text(reference.file!));
		const patched = patchesOf(shared, reference).reduce((before, patch) => before.patch(patch), workspace);
		using model = patched.model();
		const best = fit(patched.data(model), model);
		expectCertificate(best);
		const noise = reference.file === NOISY_MINIMUM ? 2e-3 : 0;
		expect(best.twiceNll).toBeLessThanOrEqual(reference.twice_nll * (1 + 1e-9) + noise);
		expect(Math.abs(best.twiceNll - reference.twice_nll)).toBeLessThanOrEqual(reference.twice_nll * 1e-7 + noise);
		const slow = twin(patched.document, { measurement: 0, interpolation: model.interpolation });
		expectClose(best.twiceNll, slow.twiceNll([...best.parameters], slow.data), 1e-12);
	});
});

describeShared("pyhf's SciPy fits are never below ours", (shared) => {
	const fits = shared.reference("slsqp_fits_upper_bounds.json") as Record<string, { twice_nll_hat: number }>;

	test.each(Object.keys(fits))("%s", (file) => {
		const workspace = Workspace.parse(shared.text(file));
		using model = workspace.model();
		const best = fit(workspace.data(model), model);
		const bound = fits[file]!.twice_nll_hat;
		expect(best.twiceNll).toBeLessThanOrEqual(bound + 1e-10 * Math.abs(bound));
		expectCertificate(best);
	});
});

describeShared("published CLs of 1Lbb", (shared) => {
	const published = shared.reference("1Lbb_cls_10points.json") as Record<
		string,
		{ CLs_obs: number; CLs_exp: readonly number[] }
	>;

	test.each(Object.entries(published))("%s", (point, { CLs_obs, CLs_exp }) => {
		const workspace = Workspace.parse(shared.text("HEPData_hepdata-pyhf-extractor/SUSY-2019-08_1Lbb_BkgOnly.json"));
		const patches = PatchSet.parse(shared.text("scikit-hep_pyhf/SUSY-2019-08_1Lbb_patchset_subset10.json"));
		using model = workspace.model({ patches: [patches.patch(point)] });
		const { cls, expected } = hypotest(1, workspace.data(model), model);
		expectClose(cls, OBSERVED_IN_LOWER_MINIMUM.get(point) ?? CLs_obs, 5e-5, "observed");
		for (const [i, value] of (EXPECTED_BY_MINUIT.get(point) ?? CLs_exp).entries()) {
			expectClose(expected[i as 0], value, 1.5e-4, `expected ${i}`);
		}
	});
});

describeShared("more than one minimum", (shared) => {
	const workspace = Workspace.parse(shared.text("HEPData_hepdata-pyhf-extractor/SUSY-2019-08_1Lbb_BkgOnly.json"));
	const patches = PatchSet.parse(shared.text("scikit-hep_pyhf/SUSY-2019-08_1Lbb_patchset_subset10.json"));
	const model = workspace.model({ patches: [patches.patch("C1N2_Wh_hbb_500_0")] });
	const data = workspace.data(model);

	test("the lower one counts, in a test and in a scan alike", () => {
		const free = fit(data, model);
		const best = Object.fromEntries(model.parameterNames.map((name, i) => [name, free.parameters[i]!]));
		const { points } = scan([1, 2, 4], data, model);
		const gaps = points.map(({ mu, statistic }) => {
			const minima = [{}, best].map((init) => fit(data, model, { init, fixed: { mu_SIG: mu } }).twiceNll);
			expect(statistic).toBeLessThanOrEqual(Math.min(...minima) - free.twiceNll + 1e-9);
			return Math.abs(minima[0]! - minima[1]!);
		});
		expect(Math.max(...gaps)).toBeGreaterThan(0.01);
		expect(points[1]).toEqual(hypotest(2, data, model));
	});
});

interface FloatingBackground {
	readonly workspace: unknown;
	readonly parameters: readonly string[];
	readonly bestfit: readonly number[];
	readonly uncertainties_hesse: readonly number[];
	readonly twice_nll: number;
	readonly scan: readonly { mu: number; CLs_obs: number; CLs_exp: readonly number[] }[];
	readonly limit_linear_scan: { readonly obs: number; readonly exp: readonly number[] };
	readonly limit_root: { readonly level: number; readonly obs: number; readonly exp: readonly number[] };
}

describeShared("the first user's question", (shared) => {
	const models = shared.example("floating-background/reference.json") as Record<string, FloatingBackground>;

	describe.each(Object.entries(models))("%s", (_, reference) => {
		const workspace = Workspace.parse(reference.workspace);
		const model = workspace.model();
		const data = workspace.data(model);

		test("fit", () => {
			const best = fit(data, model);
			expect(best.parameterNames).toEqual(reference.parameters);
			expect(best.twiceNll).toBeLessThanOrEqual(reference.twice_nll + 1e-10);
			expectClose(best.twiceNll, reference.twice_nll, 1e-7);
			for (const [i, sigma] of reference.uncertainties_hesse.entries()) {
				expect(Math.abs(best.parameters[i]! - reference.bestfit[i]!)).toBeLessThanOrEqual(1e-5 * sigma);
				expectClose(best.uncertainties[i]!, sigma, 1e-5, `uncertainty of ${reference.parameters[i]}`);
			}
			expectCertificate(best);
		});

		test("scan and limits", () => {
			const mus = reference.scan.map(({ mu }) => mu);
			const scanned = scan(mus, data, model);
			for (const [i, point] of scanned.points.entries()) {
				const { CLs_obs, CLs_exp } = reference.scan[i]!;
				expectClose(point.cls, CLs_obs, 1e-6, `observed at ${point.mu}`);
				for (const [j, value] of CLs_exp.entries()) expectClose(point.expected[j as 0], value, 1e-6);
			}
			const linear = upperLimitFromScan(scanned);
			expectClose(linear.observed!, reference.limit_linear_scan.obs, 1e-5);
			const root = upperLimit(data, model, { level: reference.limit_root.level });
			expectClose(root.observed!, reference.limit_root.obs, 1e-5);
			for (const i of [0, 1, 2, 3, 4] as const) {
				expectClose(linear.expected[i]!, reference.limit_linear_scan.exp[i]!, 1e-5);
				expectClose(root.expected[i]!, reference.limit_root.exp[i]!, 1e-5);
			}
		});
	});
});

/** What every converged fit shows. */
function expectCertificate(best: FitResult): void {
	expect(best.status).toBe("converged");
	expect(best.edm).toBeLessThanOrEqual(1e-10);
}
