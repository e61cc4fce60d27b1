import type { Model } from "../../model/model.js";
import { toyLimitRecord, toyLimitTable } from "../../report/toyLimitReport.js";
import { type ToyLimitOptions, type ToyLimitResult, toyLimit } from "../../toys/toyLimit.js";
import { type EmitOptions, emit } from "../emit.js";
import { ProgressLine } from "./progressLine.js";

/** Finds upper limits by toys and prints them. */
export async function limitToys(
	data: Float64Array,
	model: Model,
	options: ToyLimitOptions,
	output: EmitOptions & { readonly quiet?: true },
): Promise<void> {
	const line = new ProgressLine(output.quiet ? { quiet: true } : {});
	let limit: ToyLimitResult;
	try {
		limit = await toyLimit(data, model, { ...options, onProgress: (progress) => line.update(progress) });
	} finally {
		line.stop();
	}
	await emit({ record: () => toyLimitRecord(limit), tables: [() => toyLimitTable(limit)] }, output);
}
