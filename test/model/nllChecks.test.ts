import { describe, expect, test } from "vitest";
import { compile } from "../../ts/model/compile.js";
import { describeShared } from "../shared.js";
import { expectClose } from "../twin/close.js";
import { decode, decodedExpected, decodedTwiceNll } from "../twin/compiledLikelihood.js";
import { twin } from "../twin/likelihood.js";
import { nllChecks } from "../twin/nllChecks.js";
import { exactSum } from "../twin/poisson.js";

describeShared("published workspaces have pyhf's parameters and likelihood", (shared) => {
	const checks = nllChecks(shared);

	test("all 81 workspaces that pyhf accepts are compared", () => {
		expect(checks.length).toBe(81);
	});

	describe.each(checks)("$file", (check) => {
		const document = shared.workspace(check.file);

		test("table and layout", () => {
			const { parameters, channels, bins, auxdata } = compile(document);
			expect(parameters.names).toEqual(check.parameterNames);
			expect(parameters.sets.flatMap(({ init }) => init)).toEqual(check.init);
			expect(parameters.poiIndex).toBe(check.poi === undefined ? undefined : check.parameterNames.indexOf(check.poi));
			expect(channels.map(({ name }) => name)).toEqual(check.channels);
			expect(bins).toBe(check.mainBins);
			expect(auxdata.length).toBe(check.auxiliaryBins);
		});

		test("likelihood of the document and of the compiled arrays", () => {
			for (const { interpolation, parameters, twiceNll, yields } of check.points) {
				const fromDocument = twin(document, { interpolation });
				expectClose(fromDocument.twiceNll(parameters, fromDocument.data), twiceNll, 1e-10, "twice NLL of the document");
				expectClose(exactSum(fromDocument.expected(parameters)), yields, 1e-10, "yields of the document");

				const decoded = decode(compile(document, { interpolation }));
				const data = fromDocument.data;
				expectClose(decodedTwiceNll(decoded, parameters, data), twiceNll, 1e-10, "twice NLL of the arrays");
				expectClose(exactSum(decodedExpected(decoded, parameters)), yields, 1e-10, "yields of the arrays");
			}
		});
	});
});
