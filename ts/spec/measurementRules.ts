import type { ParameterConfig } from "./document.js";
import { type Draft, type DraftMeasurement, isWhole } from "./draft.js";
import { duplicates } from "./duplicates.js";
import type { Finding } from "./finding.js";
import { type ListAttribute, PARAMETER_KINDS, type ParameterUse } from "./parameterUse.js";
import { type PathSegment, quote } from "./path.js";

const LIST_ATTRIBUTES: readonly ListAttribute[] = ["inits", "bounds", "auxdata", "factors", "sigmas"];

/**
 * What no schema says about measurements, given the parameters that the modifiers bring. Configurations
 * of other parameters go unused, whatever they hold; so does a POI that no modifier brings.
 *
 * Codes: `duplicate-measurement`, `duplicate-parameter`, `poi-not-scalar`, `missing-lumi-config`,
 * `unused-attribute`, `parameter-length`, `not-positive`, `negative-auxdata`, `init-outside-bounds`.
 */
export function measurementRules(draft: Draft, parameters: ReadonlyMap<string, ParameterUse>): Finding[] {
	const measurements = draft.measurements ?? [];
	const findings = duplicates(measurements, ["measurements"], "measurement");
	measurements.forEach((measurement, m) => {
		if (measurement === undefined) return;
		const at = ["measurements", m, "config"];
		const { poi, parameters: configs } = measurement.config;
		const size = parameters.get(poi)?.size ?? 1;
		if (size > 1) {
			const message = `${quote(poi)} has ${size} components, one per bin; a parameter of interest must be a single number`;
			findings.push({ code: "poi-not-scalar", at: [...at, "poi"], message });
		}
		findings.push(...duplicates(configs, [...at, "parameters"], "parameter"));
		findings.push(...lumiFindings(measurement, parameters, [...at, "parameters"]));
		configs.forEach((config, p) => {
			const use = config && parameters.get(config.name);
			if (use !== undefined) findings.push(...configFindings(config!, use, [...at, "parameters", p]));
		});
	});
	return findings;
}

/** Luminosity has no defaults: its value, its range and its uncertainty are the measurement's to say. */
function lumiFindings(
	{ config }: DraftMeasurement,
	parameters: ReadonlyMap<string, ParameterUse>,
	at: readonly PathSegment[],
): Finding[] {
	if (parameters.get("lumi")?.type !== "lumi" || !isWhole(config.parameters)) return [];
	const index = config.parameters.findIndex(({ name }) => name === "lumi");
	const given = config.parameters[index];
	const missing = PARAMETER_KINDS.lumi.attributes.filter((key) => given?.[key] === undefined);
	if (missing.length === 0) return [];
	const message = `samples carry a lumi modifier; give the parameter 'lumi' its ${missing.join(", ")}`;
	return [{ code: "missing-lumi-config", at: given === undefined ? at : [...at, index], message }];
}

function configFindings(config: ParameterConfig, use: ParameterUse, at: readonly PathSegment[]): Finding[] {
	const findings = LIST_ATTRIBUTES.flatMap((key) => attributeFindings(key, config[key], use, at));
	return findings.length > 0 ? findings : startFindings(config, use, at);
}

function attributeFindings(
	key: ListAttribute,
	values: readonly unknown[] | undefined,
	{ name, type, size }: ParameterUse,
	at: readonly PathSegment[],
): Finding[] {
	if (values === undefined) return [];
	const place = [...at, key];
	const label = `${quote(name)} is a ${type}`;
	if (!PARAMETER_KINDS[type].attributes.includes(key)) {
		return [{ code: "unused-attribute", at: place, message: `${label}, which has no ${key}; remove this key` }];
	}
	if (size !== undefined && values.length !== size) {
		const expected = size === 1 ? "one parameter" : `${size} parameters, one per bin`;
		const message = `has ${values.length} ${values.length === 1 ? "entry" : "entries"}, but ${label} with ${expected}`;
		return [{ code: "parameter-length", at: place, message }];
	}
	return rangeFindings(key, values as readonly number[], type === "shapesys", place);
}

/** Scales are divided by and taken logarithms of; the auxiliary data of a Poisson constraint are counts. */
function rangeFindings(
	key: ListAttribute,
	values: readonly number[],
	poisson: boolean,
	at: readonly PathSegment[],
): Finding[] {
	if (key === "sigmas" || key === "factors") {
		const index = values.findIndex((value) => !(value > 0));
		const message = `found the number ${values[index]}; ${key} must be above 0`;
		return index === -1 ? [] : [{ code: "not-positive", at: [...at, index], message }];
	}
	if (key === "auxdata" && poisson) {
		const index = values.findIndex((value) => value < 0);
		const message = `found the number ${values[index]}; the auxdata of a shapesys are counts, which are not negative`;
		return index === -1 ? [] : [{ code: "negative-auxdata", at: [...at, index], message }];
	}
	return [];
}

/** pyhf refuses to fit from a start outside the bounds, given or default, of fixed parameters too. */
function startFindings(config: ParameterConfig, { name, type }: ParameterUse, at: readonly PathSegment[]): Finding[] {
	const { inits, bounds } = config;
	const { defaults } = PARAMETER_KINDS[type];
	for (let i = 0; i < Math.max(inits?.length ?? 0, bounds?.length ?? 0); i++) {
		const init = inits?.[i] ?? defaults?.init;
		const [lower, upper] = bounds?.[i] ?? defaults?.bounds ?? [];
		if (init === undefined || lower === undefined || upper === undefined) continue;
		if (lower <= init && init <= upper) continue;
		const range = `[${lower}, ${upper}]`;
		const message =
			inits === undefined
				? `the bounds ${range} leave out ${init}, where a ${type} starts by default; give inits inside them`
				: `${quote(name)} starts at ${init}, outside its bounds ${range}; change one of them`;
		return [{ code: "init-outside-bounds", at: [...at, inits === undefined ? "bounds" : "inits", i], message }];
	}
	return [];
}
