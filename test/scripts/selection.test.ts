import { expect, test } from "vitest";
import { select } from "../../scripts/test/selection.mjs";

test.each([
	[[], { cargo: {}, vitest: [] }],
	[["fit"], { cargo: { names: ["fit"] }, vitest: ["fit", "--passWithNoTests"] }],
	[["test/spec"], { cargo: undefined, vitest: ["test/spec", "--passWithNoTests"] }],
	[["fit.test.ts"], { cargo: undefined, vitest: ["fit.test.ts", "--passWithNoTests"] }],
	[["crates/likelihood"], { cargo: { packages: ["--package", "histfactory-likelihood"] }, vitest: undefined }],
	[["-t", "qtilde"], { cargo: undefined, vitest: ["-t", "qtilde"] }],
])("npm test -- %j", (taskArguments, selection) => {
	expect(select(taskArguments)).toEqual(selection);
});
