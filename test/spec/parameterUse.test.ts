import { expect, test } from "vitest";
import { buildParameterTable } from "../../ts/model/parameterTable.js";
import { collectParameters, PARAMETER_KINDS } from "../../ts/spec/parameterUse.js";
import { parseDocument } from "../../ts/spec/parse.js";
import { describeShared } from "../shared.js";
import { validWorkspace } from "./validWorkspace.js";

test("the defaults that the rules check against are those of the model", () => {
	const { channels, measurements } = parseDocument(validWorkspace());
	const lumi = measurements[0]!.config.parameters.filter(({ name }) => name === "lumi");
	for (const { modifierTypes, init, bounds } of buildParameterTable(channels, lumi, "").sets) {
		for (const type of modifierTypes as readonly (keyof typeof PARAMETER_KINDS)[]) {
			const { defaults } = PARAMETER_KINDS[type];
			if (type === "lumi") expect(defaults).toBeUndefined();
			else expect(init.map((_, i) => ({ init: init[i], bounds: bounds[i] }))).toEqual(init.map(() => defaults));
		}
	}
});

describeShared("the parameters that the rules see are those of the model", (shared) => {
	const checks = shared.reference("nll_checks.json") as Record<string, { error?: string }>;

	test.each(Object.keys(checks).filter((file) => checks[file]!.error === undefined))("%s", (file) => {
		const document = parseDocument(shared.workspace(file));
		const { parameters } = document.measurements[0]!.config;
		const sizes = (sets: Iterable<{ readonly name: string; readonly size: number | undefined }>) =>
			new Map([...sets].map(({ name, size }) => [name, size]));
		expect(sizes(collectParameters(document).parameters.values())).toEqual(
			sizes(buildParameterTable(document.channels, parameters, "").sets),
		);
	});
});
