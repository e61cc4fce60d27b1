import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFlat } from "./flat.mjs";

/** The inputs of the cases as files of a temporary folder, where every peer finds them. */
export class Inputs {
	#folder = mkdtempSync(join(tmpdir(), "histfactory-bench-"));

	/**
	 * Writes a case's input and gives its paths: `workspace` and `patches`, and where `compiled` is set `flat`, the
	 * compiled model with its data for a peer without our TypeScript.
	 */
	async write(name, { workspace, patches }, { compiled = false } = {}) {
		const path = (what) => join(this.#folder, `${name}.${what}`);
		const files = { workspace: path("json"), patches: patches.map((_, i) => path(`patch${i}.json`)) };
		if (typeof workspace === "string") writeFileSync(files.workspace, workspace);
		else writeDocument(files.workspace, workspace);
		for (const [i, patch] of patches.entries()) writeFileSync(files.patches[i], patch);
		if (!compiled) return files;
		await writeFlat(path("flat"), workspace, patches);
		return { ...files, flat: path("flat") };
	}

	remove() {
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

/** Channel by channel: the text of a large workspace need not exist as a whole. */
function writeDocument(path, { channels, ...rest }) {
	const file = openSync(path, "w");
	writeSync(file, '{"channels":[');
	for (const [i, channel] of channels.entries()) writeSync(file, `${i === 0 ? "" : ","}${JSON.stringify(channel)}`);
	writeSync(file, `],${JSON.stringify(rest).slice(1)}`);
	closeSync(file);
}
