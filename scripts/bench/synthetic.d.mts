import type { WorkspaceDocument } from "../../ts/spec/document.js";

export declare function syntheticWorkspace(size: {
	readonly bins: number;
	readonly parameters: number;
	readonly samples: number;
	readonly seed?: number;
}): WorkspaceDocument;
