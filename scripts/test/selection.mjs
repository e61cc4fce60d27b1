/**
 * Which tests `npm test -- …` runs.
 *
 * | argument | runs |
 * |---|---|
 * | none | everything |
 * | `fit` | the Rust tests and the TypeScript test files with `fit` in their name |
 * | `test/inference/fit.test.ts` | that file, or those in that folder |
 * | `crates/likelihood` | the Rust tests of that crate |
 * | `-t qtilde`, `--coverage` | options are vitest's: the TypeScript tests only |
 *
 * `undefined` for a runner that is not needed.
 */
export function select(taskArguments) {
	if (taskArguments.length === 0) return { cargo: {}, vitest: [] };
	if (taskArguments.some((argument) => argument.startsWith("-"))) return { cargo: undefined, vitest: taskArguments };

	const crates = taskArguments.filter((argument) => argument.startsWith("crates/"));
	const files = taskArguments.filter((argument) => /[/.]/.test(argument) && !crates.includes(argument));
	const words = taskArguments.filter((argument) => !crates.includes(argument) && !files.includes(argument));

	const packages = crates.flatMap((path) => ["--package", `histfactory-${path.split("/")[1]}`]);
	const cargo = {
		...(packages.length > 0 && { packages }),
		...(words.length > 0 && { names: words }),
	};
	return {
		cargo: crates.length + words.length > 0 ? cargo : undefined,
		vitest: files.length + words.length > 0 ? [...files, ...words, "--passWithNoTests"] : undefined,
	};
}
