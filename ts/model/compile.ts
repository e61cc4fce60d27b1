import { ModelError, OptionError } from "../errors.js";
import type { Channel, Measurement, WorkspaceDocument } from "../spec/document.js";
import { buildBlocks } from "./blocks.js";
import type { ChannelLayout, CompiledModel } from "./compiledModel.js";
import { HISTOSYS_NUMBERS, NORMSYS_NUMBERS, writeFlatArrays } from "./flatArrays.js";
import { DEFAULT_INTERPOLATION, type Interpolation } from "./interpolation.js";
import { byName } from "./nameOrder.js";
import { buildParameterTable } from "./parameterTable.js";

/** Which measurement of a workspace to compile, and how to interpolate between its variations. */
export interface CompileOptions {
	/** Name or index; 0 by default. */
	readonly measurement?: string | number | undefined;
	/** pyhf's defaults (`code4`, `code4p`) where left out. */
	readonly interpolation?: Partial<Interpolation> | undefined;
}

/**
 * The flat arrays of one measurement of a valid document, laid out as {@link CompiledModel} says.
 *
 * They depend on names and numbers only, not on the order in which the document lists channels,
 * samples and modifiers.
 *
 * @throws ModelError `unknown-measurement`, `normsys-not-positive`, and those of `buildParameterTable`.
 * @throws OptionError `unknown-interpolation`.
 */
export function compile(document: WorkspaceDocument, options: CompileOptions = {}): CompiledModel {
	const normsys = options.interpolation?.normsys ?? DEFAULT_INTERPOLATION.normsys;
	const histosys = options.interpolation?.histosys ?? DEFAULT_INTERPOLATION.histosys;
	checkCode("normsys", normsys, NORMSYS_NUMBERS);
	checkCode("histosys", histosys, HISTOSYS_NUMBERS);
	const interpolation = Object.freeze({ normsys, histosys });

	const { measurement, path } = findMeasurement(document.measurements, options.measurement ?? 0);
	checkNormsys(document.channels);
	const { parameters: configs, poi } = measurement.config;
	const parameters = buildParameterTable(document.channels, configs, poi, path);
	const channels = layOut(document.channels);
	const bins = channels.reduce((sum, channel) => sum + channel.bins, 0);
	const blocks = buildBlocks(document.channels, parameters);
	const arrays = writeFlatArrays(parameters, bins, blocks, interpolation);
	return Object.freeze({ parameters, poi, channels, bins, interpolation, ...arrays });
}

function checkCode<Code extends string>(type: keyof Interpolation, code: Code, known: ReadonlyMap<Code, number>): void {
	if (known.has(code)) return;
	throw new OptionError(
		"unknown-interpolation",
		`${type} has no interpolation '${code}'; choose one of ${[...known.keys()].join(", ")}`,
		`options.interpolation.${type}`,
	);
}

function findMeasurement(measurements: readonly Measurement[], wanted: string | number) {
	const index = typeof wanted === "number" ? wanted : measurements.findIndex(({ name }) => name === wanted);
	const measurement = measurements[index];
	if (measurement !== undefined) return { measurement, path: `measurements[${index}]` };
	const known = measurements.map(({ name }, i) => `'${name}' (${i})`).join(", ");
	throw new ModelError(
		"unknown-measurement",
		`there is no measurement ${typeof wanted === "number" ? wanted : `'${wanted}'`}; choose one of ${known}`,
		"measurements",
	);
}

/**
 * Refuses normalisations at or below zero: powers of them are not continuous in α (0) or not real
 * (negative), and pyhf's code 4 is NaN for |α| < 1 with either.
 */
function checkNormsys(channels: readonly Channel[]): void {
	channels.forEach((channel, c) => {
		channel.samples.forEach((sample, s) => {
			sample.modifiers.forEach((modifier, m) => {
				if (modifier.type !== "normsys") return;
				const { lo, hi } = modifier.data;
				if (lo > 0 && hi > 0) return;
				throw new ModelError(
					"normsys-not-positive",
					`normsys '${modifier.name}' has lo = ${lo} and hi = ${hi}; both must be above 0, since the factor between ` +
						"them is a power; use a small positive factor, or a histosys",
					`channels[${c}].samples[${s}].modifiers[${m}].data`,
				);
			});
		});
	});
}

function layOut(channels: readonly Channel[]): readonly ChannelLayout[] {
	let firstBin = 0;
	const layouts = byName(channels).map((channel) => {
		const bins = channel.samples[0]?.data.length ?? 0;
		const samples = Object.freeze(byName(channel.samples).map(({ name }) => name));
		const layout = Object.freeze({ name: channel.name, firstBin, bins, samples });
		firstBin += bins;
		return layout;
	});
	return Object.freeze(layouts);
}
