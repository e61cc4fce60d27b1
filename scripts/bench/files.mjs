import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "../setup/command.mjs";

/** Where the published workspaces lie that this repository does not ship. */
const published = resolve(process.env.HISTFACTORY_WORKSPACES ?? join(root, "../shared/workspaces"));

/** A case cannot be measured because a file of it is not there. */
export class MissingFile extends Error {
	name = "MissingFile";
}

/** A file of this repository, as text. */
export function readShipped(path) {
	return read(join(root, path), "");
}

/** A published workspace or patch, as text. */
export function readPublished(path) {
	return read(join(published, path), "; HISTFACTORY_WORKSPACES names the folder of published workspaces");
}

function read(path, advice) {
	if (!existsSync(path)) throw new MissingFile(`no file ${path}${advice}`);
	return readFileSync(path, "utf8");
}
