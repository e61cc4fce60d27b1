import { byName, compareNames } from "../model/nameOrder.js";
import type { Constraint, ParameterSet } from "../model/parameterTable.js";
import type { WorkspaceDocument } from "../spec/document.js";
import { type Remark, remarks } from "../spec/remarks.js";
import type { JsonRecord } from "./json.js";
import type { Table } from "./table.js";

/** What is in a workspace, and what in it has no effect. */
export interface WorkspaceSummary {
	/** Sorted by name, as in the model. */
	readonly channels: readonly { readonly name: string; readonly bins: number; readonly samples: readonly string[] }[];
	/** Names over all channels, sorted. */
	readonly samples: readonly string[];
	/** Number of different modifiers (name and type). */
	readonly modifiers: number;
	/** Sorted by name. */
	readonly parameters: readonly ParameterSummary[];
	readonly measurements: readonly MeasurementSummary[];
	/** What loads but may not be meant, for instance what the model does not use. */
	readonly remarks: readonly Remark[];
}

/** A parameter set of the model. */
export interface ParameterSummary {
	readonly name: string;
	/** Number of parameters. */
	readonly size: number;
	/** How many of them are fixed. */
	readonly fixed: number;
	readonly constraint: Constraint;
	readonly modifierTypes: readonly string[];
}

/** A measurement of the workspace. */
export interface MeasurementSummary {
	readonly name: string;
	/** Empty for none. */
	readonly poi: string;
	/** Names of all parameters that it configures. */
	readonly configured: readonly string[];
	/** Those of them that it fixes. */
	readonly fixed: readonly string[];
	/** Whether the parameters of the summary are those of this measurement. */
	readonly chosen: boolean;
}

/** Summarises a workspace and the parameter sets of its model for the named measurement. */
export function summarize(
	document: WorkspaceDocument,
	sets: readonly ParameterSet[],
	measurement: string,
): WorkspaceSummary {
	const channels = byName(document.channels).map(({ name, samples }) => ({
		name,
		bins: samples[0]?.data.length ?? 0,
		samples: byName(samples).map((sample) => sample.name),
	}));
	const samples = [...new Set(channels.flatMap((channel) => channel.samples))].sort(compareNames);
	const modifiers = new Set(
		document.channels.flatMap((channel) =>
			channel.samples.flatMap((sample) => sample.modifiers.map(({ name, type }) => `${type} ${name}`)),
		),
	);
	const parameters = byName(sets).map(({ name, size, fixed, constraint, modifierTypes }) => ({
		name,
		size,
		fixed: fixed.filter(Boolean).length,
		constraint,
		modifierTypes,
	}));
	const measurements = document.measurements.map(({ name, config }) => ({
		name,
		poi: config.poi,
		configured: config.parameters.map((parameter) => parameter.name),
		fixed: config.parameters.filter(({ fixed }) => fixed === true).map((parameter) => parameter.name),
		chosen: name === measurement,
	}));
	return {
		channels,
		samples,
		modifiers: modifiers.size,
		parameters,
		measurements,
		remarks: remarks(document),
	};
}

/** Tables of a summary: counts, channels, parameters, measurements, and remarks where there are any. */
export function inspectTables(summary: WorkspaceSummary): readonly Table[] {
	const text = (title: string) => ({ title, kind: "text" as const });
	const number = (title: string) => ({ title, kind: "number" as const });
	return [
		{
			title: "Summary",
			columns: [number("channels"), number("bins"), number("samples"), number("parameters"), number("modifiers")],
			rows: [
				[
					summary.channels.length,
					total(summary.channels.map(({ bins }) => bins)),
					summary.samples.length,
					total(summary.parameters.map(({ size }) => size)),
					summary.modifiers,
				],
			],
			notes: [],
		},
		{
			title: "Channels",
			columns: [text("channel"), number("bins"), text("samples")],
			rows: summary.channels.map(({ name, bins, samples }) => [name, bins, samples.join(", ")]),
			notes: [],
		},
		{
			title: "Parameters",
			columns: [text("parameter"), number("number"), number("fixed"), text("constraint"), text("modifiers")],
			rows: summary.parameters.map(({ name, size, fixed, constraint, modifierTypes }) => [
				name,
				size,
				fixed === 0 ? undefined : fixed,
				constraint === "none" ? "free" : constraint,
				modifierTypes.join(", "),
			]),
			notes: [],
		},
		{
			title: "Measurements",
			columns: [text("measurement"), text("POI"), text("fixed parameters"), text("configured parameters")],
			rows: summary.measurements.map(({ name, poi, fixed, configured, chosen }) => [
				chosen ? `${name} (*)` : name,
				poi === "" ? "none" : poi,
				fixed.join(", "),
				configured.join(", "),
			]),
			notes: ["(*) the measurement that the parameters above belong to."],
		},
		...(summary.remarks.length === 0
			? []
			: [
					{
						title: "Remarks",
						columns: [text("first place"), text("remark")],
						rows: summary.remarks.map(({ path, message }) => [path, message]),
						notes: [],
					},
				]),
	];
}

/** pyhf's words for the constraints. */
const PYHF_CONSTRAINTS: Readonly<Record<Constraint, string>> = {
	none: "unconstrained",
	gaussian: "constrained_by_normal",
	poisson: "constrained_by_poisson",
};

/**
 * A summary as JSON with pyhf's keys and shapes: `samples`, `channels` (name, bins), `modifiers` (name to type),
 * `parameters` (name, constraint), `systematics` (name, constraint, modifier types), `measurements` (name, POI,
 * configured parameters); and beside them `remarks` (code, path, message).
 */
export function inspectRecord(summary: WorkspaceSummary): JsonRecord {
	return {
		samples: summary.samples,
		channels: summary.channels.map(({ name, bins }) => [name, bins]),
		// pyhf keeps one type per name: the last one in alphabetical order.
		modifiers: Object.fromEntries(summary.parameters.map(({ name, modifierTypes }) => [name, modifierTypes.at(-1)!])),
		parameters: summary.parameters.map(({ name, constraint }) => [name, PYHF_CONSTRAINTS[constraint]]),
		systematics: summary.parameters.map(({ name, constraint, modifierTypes }) => [
			name,
			PYHF_CONSTRAINTS[constraint],
			modifierTypes,
		]),
		measurements: summary.measurements.map(({ name, poi, configured }) => [name, poi, configured]),
		remarks: summary.remarks.map(({ code, path, message }) => ({ code, path, message })),
	};
}

function total(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
