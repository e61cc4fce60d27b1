import type * as v from "valibot";
import type { Channel, Measurement, Modifier, Observation, ParameterConfig, Sample } from "./document.js";

/** An entry of a list; `undefined` where the schema found a mistake in it. */
type Entry<T> = T | undefined;

/**
 * What the schema found nothing wrong with. The rules run on this, so that one report holds the mistakes
 * of both; indices are those of the document. A document without mistakes is a draft without gaps.
 */
export interface Draft {
	readonly channels?: readonly Entry<DraftChannel>[];
	readonly measurements?: readonly Entry<DraftMeasurement>[];
	readonly observations?: readonly Entry<Observation>[];
}

export interface DraftChannel extends Omit<Channel, "samples"> {
	readonly samples: readonly Entry<DraftSample>[];
}

export interface DraftSample extends Omit<Sample, "data" | "modifiers"> {
	/** Left out alone, since most rules about modifiers do without. */
	readonly data: readonly number[] | undefined;
	readonly modifiers: readonly Entry<Modifier>[];
}

export interface DraftMeasurement extends Omit<Measurement, "config"> {
	readonly config: { readonly poi: string; readonly parameters: readonly Entry<ParameterConfig>[] };
}

/** Lists whose entries can be left out alone. */
const LISTS: ReadonlySet<unknown> = new Set([
	"channels",
	"samples",
	"modifiers",
	"measurements",
	"parameters",
	"observations",
]);

type Node = { [key: string | number]: Node | undefined };

/**
 * The draft in `output`, which valibot built anew from a document with `issues`: for each issue, the
 * smallest list entry around it, or the data of a sample, is left out. An unknown key leaves its object
 * usable.
 */
export function draftOf(output: unknown, issues: readonly v.BaseIssue<unknown>[]): Draft {
	if (typeof output !== "object" || output === null || Array.isArray(output)) return {};
	const root = output as Node;
	for (const { path, type, expected } of issues) {
		if (path === undefined || (type === "strict_object" && expected === "never")) continue;
		leaveOut(
			root,
			path.map(({ key }) => key as string | number),
		);
	}
	return root as Draft;
}

function leaveOut(root: Node, path: readonly (string | number)[]): void {
	let last = 0;
	path.forEach((key, i) => {
		if (typeof key === "number" && LISTS.has(path[i - 1])) last = i;
	});
	if (path[last - 1] === "samples" && path[last + 1] === "data") last++;
	let container: Node | undefined = root;
	for (let i = 0; i < last; i++) container = container?.[path[i]!];
	// An issue before this one may have taken a larger part away.
	if (container !== undefined) container[path[last]!] = undefined;
}

/** Whether nothing was left out of the channels. */
export function channelsAreWhole({ channels }: Draft): boolean {
	return (
		isWhole(channels) &&
		channels.every(
			({ samples }) => isWhole(samples) && samples.every(({ data, modifiers }) => data && isWhole(modifiers)),
		)
	);
}

/** Whether a list is there and nothing was left out of it. */
export function isWhole<T>(list: readonly Entry<T>[] | undefined): list is readonly T[] {
	return list?.every((entry) => entry !== undefined) ?? false;
}
