import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The licences of the packages in a bundle, as comments: they ask to go with every copy.
 *
 * @param metafile esbuild's, with input paths relative to `root`
 */
export async function bundledLicences(metafile, root) {
	const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
	const kept = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
	const folders = kept.map((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]);
	const unique = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
	const comments = unique.map(async (folder) => {
		const { name, version } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
		const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e(-mit)?(\.(md|txt))?$/i.test(entry));
		if (file === undefined) throw new Error(`${name} ${version} is bundled and has no licence file`);
		const text = (await readFile(join(root, folder, file), "utf8"))
			.replaceAll("*/", "* /")
			.replace(/[“”]/g, '"')
			.trim();
		return `/*\n${name} ${version}\n\n${text}\n*/\n`;
	});
	return (await Promise.all(comments)).join("");
}
