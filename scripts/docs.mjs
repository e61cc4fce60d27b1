import { buildForSources } from "./build.mjs";
import { packageCommand } from "./setup/command.mjs";
import { runQuietly, step } from "./setup/step.mjs";

/** Writes the API reference to docs/api/ from the comments in the sources. */
export default async function docs() {
	await buildForSources();
	await step("docs: the API reference, docs/api/index.html", () =>
		runQuietly(packageCommand("typedoc/bin/typedoc"), {
			failure: "The API reference could not be generated; what typedoc said stands above.",
		}),
	);
}
