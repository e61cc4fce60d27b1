import type { ToyRange } from "../../toys/ensemble.js";
import { checkFileSize } from "../../toys/files/shardFile.js";
import { type MakeToysOptions, makeToysUntil } from "../../toys/makeToys.js";
import { emptyShard, missingToys, type ToyShard } from "../../toys/toyShard.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { isClsKnown } from "../../toys/toyTest.js";
import type { Until } from "../../toys/until.js";
import { inSource } from "../failure.js";
import { Interrupted, type StopSignal } from "../interrupted.js";
import { countOf, intersect } from "../toyRanges.js";
import { ProgressLine } from "./progressLine.js";
import { SavedToys, toysIn } from "./savedToys.js";
import { StopListener } from "./stopListener.js";

/** How a study is run. */
export interface RunStudyOptions {
	/** The toys wanted; all by default. */
	readonly ranges?: readonly ToyRange[];
	readonly until?: Until;
	readonly workers?: number;
	readonly quiet?: true;
	/** The file where toys are kept. */
	readonly save?: string;
}

/** What a run has brought. */
export interface StudyRun {
	/** The toys for the result. */
	readonly shard: ToyShard;
	/** Whether a signal ended it early. */
	readonly stopped: boolean;
	/** Ends the command as the run ended: with an error where it was interrupted or its toys could not be kept. */
	readonly end: () => void;
}

/**
 * Makes the toys of a study that its file does not have yet and keeps them there, now and then and at the end. A signal to
 * stop ends it early, with what there is; the caller shows that first and calls `end` then.
 *
 * @throws FileError, ToyFileError, ToyError before the work where the file cannot be used.
 */
export async function runStudy(study: ToyStudy, options: RunStudyOptions): Promise<StudyRun> {
	const { ranges, until, workers, quiet, save } = options;
	const line = new ProgressLine(quiet ? { quiet } : {});
	const saved = save === undefined ? undefined : await SavedToys.open(save, study, (text) => line.note(text));
	const held = saved?.held ?? emptyShard(study);
	const wanted = left(study, held, ranges);
	if (saved !== undefined && wanted.length > 0) {
		inSource(saved.path, () => checkFileSize(toysIn(held) + countOf(wanted)));
		await saved.prove();
	}

	let soFar = () => held;
	const making: MakeToysOptions = {
		shard: held,
		...(ranges === undefined ? {} : { ranges: wanted }),
		...(workers === undefined ? {} : { workers }),
		onProgress: (progress) => line.update(progress),
		onToys: (all) => {
			soFar = all;
			saved?.offer(all);
		},
	};
	const enough = until === undefined ? undefined : (shard: ToyShard) => isClsKnown(study, shard, until);
	const stop = new StopListener();
	let shard: ToyShard;
	try {
		shard = await makeToysUntil(study, enough, { ...making, signal: stop.signal });
	} catch (error) {
		// What was made until then is not lost with it; the error tells more than one of the file would.
		await saved?.finish(soFar()).catch(() => {});
		throw error;
	} finally {
		stop.close();
		line.stop();
	}
	const all = soFar();
	const failure = await saved?.finish(all).then(
		() => undefined,
		(error: unknown) => ({ error }),
	);
	if (stop.received !== undefined) {
		const done = toysIn(all);
		const kept = save === undefined || failure !== undefined ? "" : `, kept in ${save}`;
		const goOn = save === undefined ? "with --save FILE, the same command would go on from there" : GO_ON;
		line.note(
			`stopped by ${WORDS[stop.received]} after ${done} of ${done + countOf(left(study, all, ranges))} toys${kept}; ${goOn}`,
		);
	}
	const end = () => {
		if (failure !== undefined) throw failure.error;
		if (stop.received !== undefined) throw new Interrupted(stop.received);
	};
	return { shard, stopped: stop.received !== undefined, end };
}

const GO_ON = "the same command goes on from there";
const WORDS: Readonly<Record<StopSignal, string>> = { SIGINT: "Ctrl-C", SIGTERM: "SIGTERM" };

/** The toys that are wanted and not there. */
function left(study: ToyStudy, shard: ToyShard, ranges: readonly ToyRange[] | undefined): readonly ToyRange[] {
	const missing = missingToys(study, shard);
	return ranges === undefined ? missing : intersect(ranges, missing);
}
