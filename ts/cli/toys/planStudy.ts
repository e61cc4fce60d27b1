import { dirname, join } from "node:path";
import { OptionError } from "../../errors.js";
import { readText } from "../../io/readText.js";
import { checkWritable, writeWhole } from "../../io/writeWhole.js";
import type { Model } from "../../model/model.js";
import type { Table } from "../../report/index.js";
import { planDiscovery } from "../../toys/discovery.js";
import { writeToyStudy } from "../../toys/files/studyFile.js";
import { planGoodnessOfFit } from "../../toys/goodnessOfFit.js";
import type { ToyOptions } from "../../toys/toyOptions.js";
import { planToyTest, type ToyStudy, type ToyStudyKind } from "../../toys/toyStudy.js";
import type { Engine } from "../toyOptions.js";
import { type JobFile, jobFile, PROGRAM } from "./jobFiles.js";

/** What `toys plan` has written. */
export type WrittenPlan = {
	readonly study: string;
	readonly digest: string;
	/** Toys of each hypothesis. */
	readonly toys: readonly number[];
	/** The job file and the program that it calls. */
	readonly files: readonly string[];
	/** The command that hands the job file in; `null` without one. */
	readonly submit: string | null;
};

/**
 * The study of a kind. The tested value and the test statistic are for tests, generating points not for a goodness of fit.
 */
export function planStudy(
	kind: ToyStudyKind,
	mu: number,
	data: Float64Array,
	model: Model,
	options: ToyOptions,
): ToyStudy {
	switch (kind) {
		case "test":
			return planToyTest(mu, data, model, options);
		case "discovery":
			return planDiscovery(data, model, options);
		case "goodness-of-fit":
			return planGoodnessOfFit(data, model, options);
	}
}

/** A job file to be written beside a study. */
interface Job {
	readonly engine: Engine;
	readonly shards: number;
	/** The command line's own file, of which a copy goes with it: so all machines make the toys with the same version. */
	readonly program: string;
}

/**
 * Writes a study, and a job file where one is asked for.
 *
 * @throws OptionError `unsafe-name`, `too-many-shards`; FileError
 */
export async function writePlan(study: ToyStudy, path: string, wanted?: Job): Promise<WrittenPlan> {
	const job = wanted && { ...jobFileFor(study, path, wanted), program: await readText(wanted.program) };
	await checkWritable(path);
	await writeWhole(path, writeToyStudy(study));
	const written = { study: path, digest: study.digest, toys: study.toys, files: [], submit: null };
	if (job === undefined) return written;
	await writeWhole(job.path, job.text);
	const program = join(dirname(path), PROGRAM);
	await writeWhole(program, job.program);
	return { ...written, files: [job.path, program], submit: job.submit };
}

function jobFileFor({ toys }: ToyStudy, path: string, { engine, shards }: Job): JobFile {
	const most = Math.max(...toys);
	if (shards <= most) return jobFile(engine, { study: path, shards });
	throw new OptionError(
		"too-many-shards",
		`there are ${most} toys of each hypothesis for ${shards} shards`,
		"--shards",
	);
}

/** What was written, in words. */
export function planTable({ study, digest, toys, files, submit }: WrittenPlan): Table {
	return {
		title: "Toy study",
		columns: ["", ""].map((title) => ({ title, kind: "text" })),
		rows: [
			["file", study],
			["toys", toys.join(" + ")],
			["digest", digest],
			...(files.length === 0 ? [] : [["with it", files.join(", ")]]),
		],
		notes: [
			submit === null
				? `Shards of it: histfactory toys run ${study} --shard N/M, with N from 0 to M - 1.`
				: `To run it, in its folder: ${submit}`,
		],
	};
}
