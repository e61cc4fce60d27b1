import type { Command } from "commander";
import { inspectRecord, inspectTables, summarize } from "../report/index.js";
import { emit } from "./emit.js";
import { load } from "./load.js";
import { addInput, addOutput, type CommandOptions } from "./options.js";
import { prepareOutput } from "./prepareOutput.js";

/** `histfactory inspect`: what is in a workspace. */
export function addInspectCommand(program: Command): void {
	const command = program
		.command("inspect")
		.description("show what is in a workspace: channels, samples, parameters, measurements");
	addInput(command);
	addOutput(command);
	command
		.addHelpText(
			"after",
			`
Examples:
  histfactory inspect workspace.json
  histfactory inspect BkgOnly.json --patch patchset.json:C1N2_Wh_hbb_700_250
  curl -s https://example.org/workspace.json | histfactory inspect --json | jq .channels`,
		)
		.action(async (path: string, _: unknown, self: Command) => {
			const options = self.optsWithGlobals<CommandOptions>();
			await prepareOutput(options);
			const { workspace, model, measurement } = await load(path, options);
			const summary = summarize(workspace.document, model.parameterSets, measurement);
			const tables = inspectTables(summary).map((table) => () => table);
			await emit({ record: () => inspectRecord(summary), tables }, options);
		});
}
