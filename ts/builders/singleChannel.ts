import type { Modifier, WorkspaceDocument } from "../spec/document.js";
import { Workspace } from "../workspace.js";

/** What the builders have in common: one channel, a signal scaled by `mu`, a background, one measurement. */
export function singleChannel(content: {
	readonly channel: string;
	readonly signal: readonly number[];
	/** Modifiers of the signal beside `mu`. */
	readonly signalModifiers?: readonly Modifier[];
	readonly background: readonly number[];
	readonly backgroundModifiers: readonly Modifier[];
	readonly observed: readonly number[];
}): Workspace {
	const { channel, signal, signalModifiers = [], background, backgroundModifiers, observed } = content;
	const mu: Modifier = { name: "mu", type: "normfactor", data: null };
	const document: WorkspaceDocument = {
		channels: [
			{
				name: channel,
				samples: [
					{ name: "signal", data: signal, modifiers: [mu, ...signalModifiers] },
					{ name: "background", data: background, modifiers: backgroundModifiers },
				],
			},
		],
		observations: [{ name: channel, data: observed }],
		measurements: [{ name: "measurement", config: { poi: "mu", parameters: [] } }],
		version: "1.0.0",
	};
	return Workspace.parse(document);
}
