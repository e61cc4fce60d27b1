import type { HypotestResult } from "../../inference/hypotest.js";
import { writeWhole } from "../../io/writeWhole.js";
import { discoveryRecord, discoveryTable } from "../../report/discoveryReport.js";
import { goodnessOfFitRecord, goodnessOfFitTable } from "../../report/goodnessOfFitReport.js";
import { toyTestRecord, toyTestTable } from "../../report/toyTestReport.js";
import { type DiscoveryResult, discoveryResult } from "../../toys/discovery.js";
import { type GoodnessOfFitResult, goodnessOfFitResult } from "../../toys/goodnessOfFit.js";
import type { ToyShard } from "../../toys/toyShard.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { type ToyTestResult, toyTestResult } from "../../toys/toyTest.js";
import { type EmitOptions, emit, type Report } from "../emit.js";
import type { PlotFiles } from "../plotFiles.js";
import { toyParquet } from "./toyParquet.js";

/** Where the result goes, and the toys with it. */
export interface ReportOptions extends EmitOptions {
	readonly parquet?: string;
}

/** What goes with the result of a study. */
export interface Beside {
	/** The files of the plot. */
	readonly plot?: PlotFiles | undefined;
	/** The same test with the asymptotic formulae. */
	readonly asymptotic?: HypotestResult | undefined;
}

/**
 * Prints and draws the result of a study from the toys that there are, and writes these as Parquet where that is asked for.
 *
 * @throws ToyError `no-toys` where there are too few for a result; FileError
 */
export async function reportToys(
	study: ToyStudy,
	shard: ToyShard,
	options: ReportOptions,
	{ plot, asymptotic }: Beside,
): Promise<void> {
	const { result, report } = resultOf(study, shard, asymptotic);
	await emit(report, options);
	if (plot !== undefined) {
		const curves = asymptotic === undefined ? {} : { asymptotic };
		await plot.write(plot.drawing.renderToyDistributions(result, curves));
	}
	if (options.parquet !== undefined) await writeWhole(options.parquet, toyParquet(study, shard, result.digest));
}

interface Reported {
	readonly result: ToyTestResult | DiscoveryResult | GoodnessOfFitResult;
	readonly report: Report;
}

function resultOf(study: ToyStudy, shard: ToyShard, asymptotic: HypotestResult | undefined): Reported {
	switch (study.kind) {
		case "test": {
			const result = toyTestResult(study, shard);
			const tables = [() => toyTestTable(result, asymptotic)];
			return { result, report: { record: () => toyTestRecord(result), tables } };
		}
		case "discovery": {
			const result = discoveryResult(study, shard);
			return { result, report: { record: () => discoveryRecord(result), tables: [() => discoveryTable(result)] } };
		}
		case "goodness-of-fit": {
			const result = goodnessOfFitResult(study, shard);
			const tables = [() => goodnessOfFitTable(result)];
			return { result, report: { record: () => goodnessOfFitRecord(result), tables } };
		}
	}
}
