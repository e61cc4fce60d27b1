import { type Draft, type DraftSample, isWhole } from "./draft.js";
import { duplicates } from "./duplicates.js";
import type { Finding } from "./finding.js";
import { nearest } from "./nearest.js";
import { type PathSegment, quote } from "./path.js";

/**
 * What no schema says about channels and observations.
 *
 * Codes: `duplicate-channel`, `duplicate-sample`, `duplicate-modifier`, `duplicate-observation`,
 * `sample-length`, `modifier-length`, `observation-length`, `missing-observation`, `negative-observation`.
 */
export function channelRules(draft: Draft): Finding[] {
	const findings = [
		...duplicates(draft.channels ?? [], ["channels"], "channel"),
		...duplicates(draft.observations ?? [], ["observations"], "observation"),
	];
	const observed = new Map(draft.observations?.map((entry) => [entry?.name, entry?.data]));
	const bins = new Map<string, number>();
	draft.channels?.forEach((channel, c) => {
		if (channel === undefined) return;
		const { name, samples } = channel;
		findings.push(...duplicates(samples, ["channels", c, "samples"], "sample"));
		const length = usualLength(samples, observed.get(name));
		if (length !== undefined && !bins.has(name)) bins.set(name, length);
		samples.forEach((sample, s) => {
			if (sample === undefined) return;
			const at = ["channels", c, "samples", s];
			if (sample.data !== undefined && sample.data.length !== length) {
				const message = `has ${binCount(sample.data.length)}, but channel ${quote(name)} has ${length}; give one rate for each bin`;
				findings.push({ code: "sample-length", at: [...at, "data"], message });
			}
			findings.push(...modifierRules(sample, at));
		});
	});
	return [...findings, ...observationRules(draft, bins)];
}

/**
 * The length that most samples and the observation of a channel have, so that the odd one out is told as
 * one problem; of ties, the first.
 */
function usualLength(
	samples: readonly (DraftSample | undefined)[],
	observed: readonly number[] | undefined,
): number | undefined {
	const counts = new Map<number, number>();
	for (const data of [...samples.map((sample) => sample?.data), observed]) {
		if (data !== undefined) counts.set(data.length, (counts.get(data.length) ?? 0) + 1);
	}
	let usual: number | undefined;
	for (const [length, count] of counts) {
		if (usual === undefined || count > counts.get(usual)!) usual = length;
	}
	return usual;
}

function modifierRules(sample: DraftSample, at: readonly PathSegment[]): Finding[] {
	const place = [...at, "modifiers"];
	const findings = duplicates(sample.modifiers, place, "modifier");
	const bins = sample.data?.length;
	sample.modifiers.forEach((modifier, m) => {
		const check = (values: readonly number[], ...key: string[]) => {
			if (bins === undefined || values.length === bins) return;
			const message = `has ${binCount(values.length)}, but sample ${quote(sample.name)} has ${bins}; give one value for each bin`;
			findings.push({ code: "modifier-length", at: [...place, m, "data", ...key], message });
		};
		switch (modifier?.type) {
			case "histosys":
				check(modifier.data.lo_data, "lo_data");
				check(modifier.data.hi_data, "hi_data");
				break;
			case "shapesys":
			case "staterror":
				check(modifier.data);
		}
	});
	return findings;
}

function observationRules(draft: Draft, bins: ReadonlyMap<string, number>): Finding[] {
	const findings: Finding[] = [];
	const observed = new Set<string>();
	draft.observations?.forEach((observation, o) => {
		if (observation === undefined) return;
		const { name, data } = observation;
		observed.add(name);
		const length = bins.get(name);
		// Observations of channels that the model does not have go unused, whatever they hold.
		if (length === undefined) return;
		const at = ["observations", o, "data"];
		if (data.length !== length) {
			const message = `has ${binCount(data.length)}, but channel ${quote(name)} has ${length}; give one count for each bin`;
			findings.push({ code: "observation-length", at, message });
		}
		const bin = data.findIndex((count) => count < 0);
		if (bin !== -1) {
			const message = `found the number ${data[bin]} where an observed count belongs; counts are not negative`;
			findings.push({ code: "negative-observation", at: [...at, bin], message });
		}
	});
	return [...findings, ...missingObservations(draft, observed)];
}

function missingObservations({ channels, observations }: Draft, observed: ReadonlySet<string>): Finding[] {
	if (!isWhole(observations)) return [];
	const known = new Set(channels?.map((channel) => channel?.name));
	// Each missing name is compared with each unused one, so only as many as a person would look through.
	const unused = [...observed].filter((name) => !known.has(name)).slice(0, 20);
	return (channels ?? []).flatMap((channel, c) => {
		if (channel === undefined || observed.has(channel.name)) return [];
		const similar = nearest(channel.name, unused);
		const advice =
			similar === undefined ? "add one with this name" : `add one with this name, or rename ${quote(similar)}`;
		const message = `channel ${quote(channel.name)} has no observation; ${advice}`;
		return [{ code: "missing-observation", at: ["channels", c], message }];
	});
}

function binCount(count: number): string {
	return `${count} bin${count === 1 ? "" : "s"}`;
}
