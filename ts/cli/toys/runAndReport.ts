import { checkWritable } from "../../io/writeWhole.js";
import { ToyError } from "../../toys/toyError.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { type Beside, type ReportOptions, reportToys } from "./reportToys.js";
import { type RunStudyOptions, runStudy } from "./runStudy.js";

/** Runs a study and gives its result, that of the toys made so far where it is told to stop. */
export async function runAndReport(
	study: ToyStudy,
	options: RunStudyOptions & ReportOptions,
	beside: Beside = {},
): Promise<void> {
	if (options.parquet !== undefined) await checkWritable(options.parquet);
	const { shard, stopped, end } = await runStudy(study, options);
	try {
		await reportToys(study, shard, options, beside);
	} catch (error) {
		// Stopped before there was a toy of each hypothesis; that it was stopped has been said.
		if (!(stopped && error instanceof ToyError && error.code === "no-toys")) throw error;
	}
	end();
}
