import { init, Workspace } from "histfactory";
import { workspaces } from "./workspaces.js";

async function problem(use) {
	try {
		await use();
		return [];
	} catch (error) {
		return [error.code, error.message];
	}
}

async function problems() {
	const synchronous = await problem(() => Workspace.parse(workspaces.counting.document).model());
	const asynchronous = await problem(() => init());
	return { synchronous, asynchronous };
}

globalThis.result = problems();
