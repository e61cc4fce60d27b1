/* The analyses of examples/ on the sources, against answers of another minimiser at machine convergence. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { FitResult, HypotestResult, ScanResult, UpperLimitResult, Workspace } from "../../ts/index.js";
import { expectAllClose, expectClose } from "../twin/close.js";

interface Answer {
	readonly workspace: Workspace;
	readonly best: FitResult;
	readonly test: HypotestResult;
	readonly scan: ScanResult;
	readonly limit: UpperLimitResult;
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(at(path), "utf8");

/** Plain JavaScript: what it exports has no types. */
async function analysis(program: string): Promise<(...input: unknown[]) => Answer> {
	const { analyse } = await import(/* @vite-ignore */ at(`examples/${program}`));
	return analyse;
}

/** Per model: μ̂, bkgnorm and their uncertainties, −2 ln L, limits observed and expected, CLs at μ = 1 likewise. */
const FLOATING_BACKGROUND = [
	{
		dataSet: "original",
		floating: false,
		mu: [1.5875023788503224, 0.7867325100088632],
		twiceNll: 271.4110882761586,
		limit: 2.8943231572063897,
		expectedLimits: [0.8253065988513113, 1.1083077277117601, 1.539378895716738, 2.1445402084576366, 2.8805494596574897],
		cls: 0.5563603326210942,
		expectedCls: [
			0.02329072176183534, 0.07234509035138494, 0.20260370596721924, 0.4658941162075989, 0.7838619251917074,
		],
	},
	{
		dataSet: "original",
		floating: true,
		mu: [1.5058202778162377, 0.9236855448520683],
		bkgnorm: [1.0063719538881362, 0.03749614089191892],
		twiceNll: 271.3820282508045,
		limit: 3.033472895494951,
		expectedLimits: [0.9894202872009138, 1.324110059303896, 1.8298181703189662, 2.5320887160114114, 3.375469254769962],
		cls: 0.5840194104282804,
		expectedCls: [
			0.048141080168908494, 0.12322742180498573, 0.28772814371586125, 0.5643774568086287, 0.8448097338221289,
		],
	},
	{
		dataSet: "modified",
		floating: false,
		mu: [0.4270971291572715, 0.19164300387231994],
		twiceNll: 291.4088349908918,
		limit: 0.7440449492945248,
		expectedLimits: [
			0.20153627723879208, 0.2706180145545713, 0.37579918955285063, 0.5233341006034609, 0.7025105518747642,
		],
		cls: 0.001468050863791812,
		expectedCls: [
			1.4406276997525353e-11, 1.9152564582874878e-9, 2.120943006670243e-7, 1.6694256186555768e-5, 0.0007319328958772368,
		],
	},
	{
		dataSet: "modified",
		floating: true,
		mu: [1.0266349821072445, 0.21402598090198421],
		bkgnorm: [0.8273365017892755, 0.03409766194911754],
		twiceNll: 270.09947857205435,
		limit: 1.3756578620711701,
		expectedLimits: [
			0.2439498675560721, 0.32629324144197974, 0.45051547285570237, 0.6225865614264168, 0.8284867589705796,
		],
		cls: 0.5000022809064102,
		expectedCls: [
			2.6787864961407795e-9, 1.707966671096098e-7, 9.123584020442994e-6, 0.0003496011460366008, 0.00757794202801782,
		],
	},
];

/** A fitted parameter to 1e-5 of its uncertainty, the uncertainty to 1e-6 of itself. */
function expectMeasured(
	{ parameterNames, parameters, uncertainties }: FitResult,
	name: string,
	expected: number[],
): void {
	const [value, uncertainty] = expected as [number, number];
	const i = parameterNames.indexOf(name);
	expect(Math.abs(parameters[i]! - value) / uncertainty, name).toBeLessThan(1e-5);
	expectClose(uncertainties[i]!, uncertainty, 1e-6, `uncertainty of ${name}`);
}

describe("floating-background", () => {
	const dataSets = JSON.parse(read("examples/floating-background/histograms.json"));

	for (const expected of FLOATING_BACKGROUND) {
		const { dataSet, floating } = expected;
		test(`${dataSet} data, background ${floating ? "floating" : "fixed"}`, async () => {
			const analyse = await analysis("floating-background/floatingBackground.mjs");
			const { best, scan, limit } = analyse(dataSets[dataSet], floating);
			expectMeasured(best, "mu", expected.mu);
			if (expected.bkgnorm === undefined) expect(best.parameterNames).not.toContain("bkgnorm");
			else expectMeasured(best, "bkgnorm", expected.bkgnorm);
			expectClose(best.twiceNll, expected.twiceNll, 1e-10, "−2 ln L");
			expectClose(limit.observed!, expected.limit, 1e-6, "observed limit");
			expected.expectedLimits.forEach((value, i) => void expectClose(limit.expected[i]!, value, 1e-6, `expected ${i}`));
			expect(scan.points.map(({ mu }) => mu)).toEqual(Array.from({ length: 51 }, (_, i) => i / 10));
			const { cls, expected: band } = scan.points[10]!;
			expectClose(cls, expected.cls, 1e-7, "CLs");
			expected.expectedCls.forEach((value, i) => void expectClose(band[i]!, value, 1e-6, `expected CLs ${i}`));
		});
	}
});

test("published-likelihood", async () => {
	const analyse = await analysis("published-likelihood/publishedLikelihood.mjs");
	const folder = "test/fixtures/sbottom-region-a";
	const { best, test, limit } = analyse(
		read(`${folder}/BkgOnly.json`),
		read(`${folder}/patch.sbottom_1300_205_60.json`),
	);
	expect(best.atBound[best.parameterNames.indexOf("mu_SIG")]).toBe("lower");
	expectClose(best.twiceNll, 101.375820767029, 1e-11, "−2 ln L");
	expectClose(test.cls, 0.24443695578506078, 1e-9, "CLs");
	expectAllClose(
		test.expected,
		[0.09022626511034051, 0.1937857211402556, 0.38432569900420177, 0.6557776688871484, 0.891042984575826],
		1e-9,
	);
	// These limits come from a root finder with a relative tolerance of 1e-4.
	expectClose(limit.observed!, 2.01015, 2e-5, "observed limit");
	[1.24262, 1.76242, 2.65789, 4.13666, 6.29695].forEach(
		(value, i) => void expectClose(limit.expected[i]!, value, 2e-5, `expected limit ${i}`),
	);
});
