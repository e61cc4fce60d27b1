import { DataError, PatchError } from "./errors.js";
import { compile } from "./model/compile.js";
import type { Interpolation } from "./model/interpolation.js";
import { Model } from "./model/model.js";
import type { WorkspaceDocument } from "./spec/document.js";
import { parseDocument, patchDocument } from "./spec/parse.js";
import { type PatchOperation, parsePatch } from "./spec/patch.js";
import { type Remark, remarks } from "./spec/remarks.js";

/** Which model of a workspace to build. */
export interface ModelOptions {
	/** Measurement by name or index; 0 by default. */
	readonly measurement?: string | number;
	/** JSON Patches applied in order before the model is built, such as the signal patch of a published likelihood. */
	readonly patches?: readonly (readonly PatchOperation[])[];
	/** Interpolation codes; pyhf's defaults, `code4` and `code4p`, where left out. */
	readonly interpolation?: Partial<Interpolation>;
}

/**
 * A valid pyhf workspace: a HistFactory model with its measurements and its observed counts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Workspace } from "histfactory";
 *
 * const workspace = Workspace.parse({
 * 	channels: [
 * 		{
 * 			name: "SR",
 * 			samples: [
 * 				{ name: "signal", data: [5], modifiers: [{ name: "mu", type: "normfactor", data: null }] },
 * 				{ name: "background", data: [50], modifiers: [{ name: "scale", type: "normsys", data: { lo: 0.9, hi: 1.1 } }] },
 * 			],
 * 		},
 * 	],
 * 	observations: [{ name: "SR", data: [52] }],
 * 	measurements: [{ name: "main", config: { poi: "mu", parameters: [] } }],
 * 	version: "1.0.0",
 * });
 * const model = workspace.model();
 * assert.deepEqual(model.parameterNames, ["mu", "scale"]);
 * assert.deepEqual([...workspace.data(model)], [52, 0]);
 * ```
 */
export class Workspace {
	/** The document; treat it as read-only. */
	readonly document: WorkspaceDocument;

	private constructor(document: WorkspaceDocument) {
		this.document = document;
		Object.freeze(this);
	}

	/**
	 * A workspace from JSON text or from a value already parsed, which is copied.
	 *
	 * @throws WorkspaceError with every problem found, each with a code and its path in the document.
	 */
	static parse(input: unknown): Workspace {
		return new Workspace(parseDocument(input));
	}

	/**
	 * A new workspace with a JSON Patch (RFC 6902) applied; this one stays as it is.
	 *
	 * @throws PatchError where the patch does not fit; WorkspaceError where the result is no valid workspace.
	 */
	patch(operations: readonly PatchOperation[]): Workspace {
		return new Workspace(patchDocument(this.document, operations));
	}

	/**
	 * The model of one measurement.
	 *
	 * Patches change channels and measurements only; one that changes observations needs `workspace.patch`, so that
	 * `data` finds what it brings.
	 *
	 * @throws ModelError, OptionError, PatchError, WorkspaceError.
	 */
	model(options: ModelOptions = {}): Model {
		const { patches = [], ...rest } = options;
		const patched = patches.reduce<Workspace>((workspace, patch, i) => {
			const operations = parsePatch(patch, ["options", "patches", i]);
			const outside = operations.findIndex(({ path, from = "" }) => [path, from].some(isObservation));
			if (outside < 0) return workspace.patch(operations);
			throw new PatchError(
				"patch-outside-model",
				"this patch changes observations; apply it with workspace.patch(operations), and take both model and data from the result",
				`options.patches[${i}][${outside}]`,
			);
		}, this);
		return new Model(compile(patched.document, rest));
	}

	/**
	 * The observed data of a model of this workspace: main counts in its channel order, then its auxiliary data.
	 *
	 * @throws DataError `missing-observation`, `observation-length` for a model of another workspace.
	 */
	data(model: Model): Float64Array<ArrayBuffer> {
		const observed = new Map(this.document.observations.map(({ name, data }) => [name, data]));
		const main = model.channels.flatMap(({ name, bins }) => {
			const counts = observed.get(name);
			if (counts === undefined) {
				throw new DataError("missing-observation", `this workspace observed no channel '${name}'`, "observations");
			}
			if (counts.length !== bins) {
				const message = `channel '${name}' has ${counts.length} observed bins here and ${bins} in the model`;
				throw new DataError("observation-length", message, "observations");
			}
			return counts;
		});
		return Float64Array.of(...main, ...model.auxdata);
	}

	/** What loads but deserves a word: a parameter of interest that is not in the model, unused observations, and such. */
	remarks(): readonly Remark[] {
		return remarks(this.document);
	}
}

function isObservation(pointer: string): boolean {
	return pointer === "/observations" || pointer.startsWith("/observations/");
}
