import type { Channel, Modifier, Sample, WorkspaceDocument } from "./document.js";
import { collectParameters } from "./parameterUse.js";
import { formatPath, type PathSegment, quote } from "./path.js";

/** Something in a valid workspace that loads but may not be what its author meant. */
export interface Remark {
	/** Stable identifier, kebab-case. */
	readonly code: string;
	/** The first place that it concerns. */
	readonly path: string;
	/** What it is, in how many places, and what it means for the model. */
	readonly message: string;
}

/**
 * Remarks about a valid document: one per kind, whatever the number of places, so that a large file too
 * has a list that can be read.
 *
 * Codes: `poi-not-in-model`, `unused-parameter`, `fixed-parameter`, `unused-observation`,
 * `fractional-observation`, `empty-bin`, `bin-switched-off`, `negative-rate`, `negative-variation`,
 * `one-sided-normsys`, `non-positive-normsys`, `negative-uncertainty`.
 */
export function remarks(document: WorkspaceDocument): readonly Remark[] {
	return Object.freeze([...measurementRemarks(document), ...observationRemarks(document), ...channelRemarks(document)]);
}

/** The places of one kind of remark. */
class Places {
	private count = 0;
	private first: readonly PathSegment[] = [];
	private readonly names = new Set<string>();

	/** Counts one place; a name is listed in the message. */
	add(at: readonly PathSegment[], name?: string): void {
		if (this.count === 0) this.first = at;
		this.count++;
		if (name !== undefined) this.names.add(name);
	}

	/** The remark, if there is a place: `before`, then the names or the number of places, then `after`. */
	remark(code: string, before: string, after = ""): Remark[] {
		if (this.count === 0) return [];
		const what = this.names.size > 0 ? listed([...this.names]) : this.count;
		return [Object.freeze({ code, path: formatPath(this.first), message: `${before}: ${what}${after}` })];
	}
}

const MOST_NAMES = 5;

function listed(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMES).map(quote).join(", ");
	return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function measurementRemarks(document: WorkspaceDocument): Remark[] {
	const { parameters } = collectParameters(document);
	const poi = new Places();
	const unused = new Places();
	const fixed = new Places();
	document.measurements.forEach(({ config }, m) => {
		const at = ["measurements", m, "config"];
		if (config.poi !== "" && !parameters.has(config.poi)) poi.add([...at, "poi"], config.poi);
		config.parameters.forEach((parameter, p) => {
			const place = [...at, "parameters", p];
			if (!parameters.has(parameter.name)) unused.add(place, parameter.name);
			else if (parameter.fixed === true) fixed.add([...place, "fixed"], parameter.name);
		});
	});
	return [
		...poi.remark(
			"poi-not-in-model",
			"parameter of interest that no modifier brings",
			"; fits work, tests and limits need a signal patch",
		),
		...unused.remark("unused-parameter", "configured parameters that the model does not have, not used"),
		...fixed.remark("fixed-parameter", "parameters held fixed in fits"),
	];
}

function observationRemarks({ channels, observations }: WorkspaceDocument): Remark[] {
	const known = new Set(channels.map(({ name }) => name));
	const unused = new Places();
	const fractional = new Places();
	observations.forEach(({ name, data }, o) => {
		if (!known.has(name)) unused.add(["observations", o], name);
		else {
			data.forEach((count, bin) => {
				if (!Number.isInteger(count)) fractional.add(["observations", o, "data", bin]);
			});
		}
	});
	return [
		...unused.remark("unused-observation", "observations of channels that the model does not have, not used"),
		...fractional.remark(
			"fractional-observation",
			"observed counts that are not whole",
			"; the likelihood is continued between whole counts",
		),
	];
}

function channelRemarks({ channels }: WorkspaceDocument): Remark[] {
	const empty = new Places();
	const switchedOff = new Places();
	const samples = new SampleRemarks();
	channels.forEach((channel, c) => {
		sumOverSamples(channel.samples).forEach((total, bin) => {
			if (!(total > 0)) empty.add(["channels", c, "samples", 0, "data", bin]);
		});
		addSwitchedOff(channel, c, switchedOff);
		channel.samples.forEach((sample, s) => {
			samples.read(sample, ["channels", c, "samples", s]);
		});
	});
	return [
		...empty.remark("empty-bin", "bins without expected events", "; a count observed there makes the likelihood zero"),
		...switchedOff.remark(
			"bin-switched-off",
			"staterror and shapesys bins without rate or uncertainty",
			"; their factors are fixed",
		),
		...samples.remarks(),
	];
}

function sumOverSamples(samples: readonly Sample[]): number[] {
	return samples[0]!.data.map((_, bin) => samples.reduce((sum, { data }) => sum + data[bin]!, 0));
}

/** A shapesys bin needs rate and uncertainty of its sample; a staterror bin those of all its carriers together. */
function addSwitchedOff({ samples }: Channel, c: number, places: Places): void {
	const staterrors = new Map<string, { at: PathSegment[]; carriers: Sample[]; off: boolean[] }>();
	samples.forEach((sample, s) => {
		sample.modifiers.forEach(({ name, type, data }, m) => {
			const at = ["channels", c, "samples", s, "modifiers", m, "data"];
			if (type === "shapesys") {
				data.forEach((uncertainty, bin) => {
					if (!(uncertainty > 0 && sample.data[bin]! > 0)) places.add([...at, bin]);
				});
			} else if (type === "staterror") {
				const others = staterrors.get(name);
				const off = data.map((uncertainty, bin) => uncertainty === 0 && others?.off[bin] !== false);
				staterrors.set(name, { at: others?.at ?? at, carriers: [...(others?.carriers ?? []), sample], off });
			}
		});
	});
	for (const { at, carriers, off } of staterrors.values()) {
		sumOverSamples(carriers).forEach((rate, bin) => {
			if (off[bin] || !(rate > 0)) places.add([...at, bin]);
		});
	}
}

/** Remarks about nominal rates and what varies them. */
class SampleRemarks {
	private readonly rates = new Places();
	private readonly variations = new Places();
	private readonly oneSided = new Places();
	private readonly nonPositive = new Places();
	private readonly uncertainties = new Places();

	remarks(): Remark[] {
		return [
			...this.rates.remark(
				"negative-rate",
				"nominal rates below zero",
				"; a fit works while the sum over the samples of a bin stays above zero",
			),
			...this.variations.remark(
				"negative-variation",
				"histosys rates below zero at lo or hi",
				"; a fit works while the sum over the samples of a bin stays above zero",
			),
			...this.oneSided.remark("one-sided-normsys", "normsys with lo and hi on the same side of 1"),
			...this.nonPositive.remark(
				"non-positive-normsys",
				"normsys with lo or hi at or below zero",
				"; no interpolation between powers exists for them",
			),
			...this.uncertainties.remark(
				"negative-uncertainty",
				"staterror and shapesys uncertainties below zero",
				"; staterror drops the sign, shapesys switches the bin off",
			),
		];
	}

	read(sample: Sample, at: readonly PathSegment[]): void {
		sample.data.forEach((rate, bin) => {
			if (rate < 0) this.rates.add([...at, "data", bin]);
		});
		sample.modifiers.forEach((modifier, m) => {
			this.readModifier(modifier, [...at, "modifiers", m, "data"]);
		});
	}

	private readModifier({ type, data }: Modifier, at: readonly PathSegment[]): void {
		switch (type) {
			case "histosys":
				data.lo_data.forEach((lo, bin) => {
					if (lo < 0) this.variations.add([...at, "lo_data", bin]);
				});
				data.hi_data.forEach((hi, bin) => {
					if (hi < 0) this.variations.add([...at, "hi_data", bin]);
				});
				break;
			case "normsys":
				if (data.lo <= 0 || data.hi <= 0) this.nonPositive.add(at);
				else if ((data.lo - 1) * (data.hi - 1) > 0) this.oneSided.add(at);
				break;
			case "shapesys":
			case "staterror":
				data.forEach((uncertainty, bin) => {
					if (uncertainty < 0) this.uncertainties.add([...at, bin]);
				});
		}
	}
}
