import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root as checkout } from "../setup/command.mjs";

/**
 * A piece of the build that is done again only where its inputs or its outputs changed. Both are lists of files and
 * folders, relative to the checkout, compared by names and contents, so that a deleted file counts as well. An output
 * that lies in a folder of inputs is no input.
 */
export class Product {
	#files;
	#root;
	#note;

	/** `settings`: what else decides the outcome, such as the arguments of a command. */
	constructor(name, { inputs, outputs, settings = [] }, root = checkout) {
		this.#files = { inputs, outputs, settings };
		this.#root = root;
		this.#note = join(root, ".build", "notes", `${name}.json`);
	}

	/** Whether the outputs are those that `make` left and the inputs those it had. */
	isUpToDate() {
		if (!existsSync(this.#note)) return false;
		const { inputs, outputs } = JSON.parse(readFileSync(this.#note, "utf8"));
		return inputs === this.#inputDigest() && outputs === this.#outputDigest();
	}

	/** Runs `work`, which makes the outputs, where they are not up to date. */
	async make(work) {
		if (this.isUpToDate()) return;
		rmSync(this.#note, { force: true });
		// Taken before the work, so that a change during it is noticed the next time.
		const inputs = this.#inputDigest();
		await work();
		mkdirSync(dirname(this.#note), { recursive: true });
		writeFileSync(this.#note, JSON.stringify({ inputs, outputs: this.#outputDigest() }));
	}

	#inputDigest() {
		const outputs = new Set(this.#paths(this.#files.outputs));
		const inputs = this.#paths(this.#files.inputs).filter((path) => !outputs.has(path));
		return digest(this.#root, inputs, this.#files.settings);
	}

	#outputDigest() {
		return digest(this.#root, this.#paths(this.#files.outputs), []);
	}

	#paths(paths) {
		return paths.flatMap((path) => filesOf(this.#root, path));
	}
}

function digest(root, paths, settings) {
	const hash = createHash("sha256").update(JSON.stringify(settings));
	for (const path of paths.sort()) {
		hash.update(`\0${path}\0`).update(
			createHash("sha256")
				.update(readFileSync(join(root, path)))
				.digest(),
		);
	}
	return hash.digest("hex");
}

function filesOf(root, path) {
	const status = statSync(join(root, path), { throwIfNoEntry: false });
	if (status === undefined) return [];
	if (!status.isDirectory()) return [path];
	return readdirSync(join(root, path)).flatMap((name) => filesOf(root, `${path}/${name}`));
}
