import { Workspace } from "histfactory";
import { toyTest } from "histfactory/toys";
import { workspaces } from "./workspaces.js";

const workspace = Workspace.parse(workspaces.counting.document);
const model = workspace.model();

/** How many toys were made, or the code and message of the error. */
async function toysOf(workers) {
	try {
		const { tested } = await toyTest(1, workspace.data(model), model, { toys: 40, workers });
		return tested.toys;
	} catch (error) {
		return [error.code, error.message];
	}
}

async function results() {
	return { inWorkers: await toysOf(2), here: await toysOf(0) };
}

globalThis.result = results();
