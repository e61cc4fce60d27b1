import { type Model, Workspace } from "../index.js";
import { readText, STANDARD_INPUT } from "../io/readText.js";
import type { Interpolation } from "../model/interpolation.js";
import { inSource } from "./failure.js";
import { note } from "./note.js";
import { readPatch } from "./readPatch.js";

/** What changes the model before it is built. */
export interface InputOptions {
	readonly patch?: readonly string[];
	readonly measurement?: string;
	readonly interpolation?: Partial<Interpolation>;
	readonly quiet?: true;
}

/** A model with its data, and where they come from. */
export interface Loaded {
	readonly workspace: Workspace;
	readonly model: Model;
	readonly data: Float64Array<ArrayBuffer>;
	/** Name of the measurement that the model is built for. */
	readonly measurement: string;
}

/** Reads a workspace (`"-"`: standard input), applies the patches in order and builds the model. */
export async function load(path: string, options: InputOptions): Promise<Loaded> {
	return loadFrom(await readInput(path, options), path, options);
}

/** The text of the input. */
export function readInput(path: string, options: InputOptions): Promise<string> {
	const { patch: specs = [] } = options;
	if ([path, ...specs].includes("-") && process.stdin.isTTY) {
		note("reading from the terminal; end with Ctrl-D, or name a file", options);
	}
	return readText(path);
}

/** As `load`, of a workspace's text. */
export async function loadFrom(text: string, path: string, options: InputOptions): Promise<Loaded> {
	const { patch: specs = [], measurement, interpolation } = options;
	let source = path === "-" ? STANDARD_INPUT : path;
	let workspace = inSource(source, () => Workspace.parse(text));
	for (const spec of specs) {
		const patch = await readPatch(spec);
		source = `${source} with ${patch.source}`;
		workspace = inSource(source, () => workspace.patch(patch.operations));
	}
	return inSource(source, () => {
		const model = workspace.model({
			...(measurement === undefined ? {} : { measurement }),
			...(interpolation === undefined ? {} : { interpolation }),
		});
		const name = measurement ?? workspace.document.measurements[0]!.name;
		return { workspace, model, data: workspace.data(model), measurement: name };
	});
}
