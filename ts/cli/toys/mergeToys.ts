import { readText } from "../../io/readText.js";
import { checkWritable, writeWhole } from "../../io/writeWhole.js";
import type { ToyRange } from "../../toys/ensemble.js";
import { readToyShard, writeToyShard } from "../../toys/files/shardFile.js";
import { ToyError } from "../../toys/toyError.js";
import { checkStudy, mergeShards, missingToys, type ToyShard } from "../../toys/toyShard.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { inSource } from "../failure.js";
import { note } from "../note.js";
import { countOf } from "../toyRanges.js";

interface MergeOptions {
	/** Whether toys may be missing. */
	readonly partial?: true;
	/** Where the merged shard goes. */
	readonly save?: string;
	readonly quiet?: true;
}

/**
 * The toys of several files of one study.
 *
 * @throws FileError; ToyFileError; ToyError `other-study`, `overlapping-toys`, `missing-toys`
 */
export async function mergeToys(
	study: ToyStudy,
	files: readonly string[],
	path: string,
	{ partial, save, ...options }: MergeOptions,
): Promise<ToyShard> {
	if (save !== undefined) await checkWritable(save);
	const shards: ToyShard[] = [];
	for (const file of files) shards.push(await readShard(study, file));
	refuseOverlap(study, files, shards);
	const merged = mergeShards(shards);
	const missing = missingToys(study, merged);
	if (missing.length > 0) {
		if (!partial) throw new ToyError("missing-toys", describeMissing(study, missing, path));
		note(`${countOf(missing)} of ${countOf(missing) + countOf(merged.pieces.flat())} toys are missing`, options);
	}
	if (save !== undefined)
		await writeWhole(
			save,
			inSource(save, () => writeToyShard(merged)),
		);
	return merged;
}

async function readShard(study: ToyStudy, file: string): Promise<ToyShard> {
	const text = await readText(file);
	return inSource(file, () => {
		const shard = readToyShard(text);
		checkStudy(study, shard);
		return shard;
	});
}

/** Names the first two files that have toys in common. */
function refuseOverlap(study: ToyStudy, files: readonly string[], shards: readonly ToyShard[]): void {
	for (const ensemble of study.ensembles.keys()) {
		const pieces = shards.flatMap((shard, i) =>
			shard.pieces[ensemble]!.map((piece) => ({ ...piece, file: files[i]! })),
		);
		pieces.sort((a, b) => a.first - b.first);
		for (const [i, { first, count, file }] of pieces.entries()) {
			const before = pieces[i - 1];
			if (before === undefined || before.first + before.count <= first) continue;
			const end = Math.min(first + count, before.first + before.count);
			const toys = `toys ${first} to ${end - 1} of hypothesis ${ensemble}`;
			const where = before.file === file ? `${file} is given twice` : `${before.file} and ${file} share ${toys}`;
			throw new ToyError("overlapping-toys", `${where}; leave one of them out, for toys count once`);
		}
	}
}

/** Every range that is missing, and how it is made. */
function describeMissing({ toys }: ToyStudy, missing: readonly ToyRange[], path: string): string {
	const hypothesesOf = new Map<string, number[]>();
	for (const { ensemble, first, count } of missing) {
		const interval = `${first}:${first + count}`;
		hypothesesOf.set(interval, [...(hypothesesOf.get(interval) ?? []), ensemble]);
	}
	const intervals = [...hypothesesOf].map(([interval, hypotheses]) =>
		hypotheses.length === toys.length ? interval : `${interval} (hypothesis ${hypotheses.join()})`,
	);
	const advice = `make them with \`histfactory toys run ${path} --range first:end\`, or take what is there with --partial`;
	return `${countOf(missing)} toys are missing, ${intervals.join(", ")}; ${advice}`;
}
