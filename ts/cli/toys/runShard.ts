import { OptionError } from "../../errors.js";
import type { Table } from "../../report/index.js";
import type { ToyRange } from "../../toys/ensemble.js";
import { missingToys, shardDigest } from "../../toys/toyShard.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { intersect, rangesOfInterval, rangesOfShard, type ShardNumber, type ToyInterval } from "../toyRanges.js";
import { intervalFile, shardFile } from "./jobFiles.js";
import { runStudy } from "./runStudy.js";
import { toysIn } from "./savedToys.js";

/** What `toys run` has made. */
export type MadeShard = {
	/** Digest of the study. */
	readonly study: string;
	readonly file: string;
	/** Toys in the file, and among them those that failed. */
	readonly toys: number;
	readonly failed: number;
	/** Whether all that were asked for are there. */
	readonly complete: boolean;
	/** SHA-256 over what the toys of the file gave. */
	readonly digest: string;
};

/** How a shard is run and where it goes. */
interface RunShardOptions {
	readonly save?: string;
	readonly workers?: number;
	readonly quiet?: true;
}

/** A part of a study. */
type Part = ShardNumber | ToyInterval;

/**
 * Makes the toys of a part of a study, all of them where none is named, in the file named or one named after the study.
 * The caller tells what was made and calls `end` then.
 *
 * @throws OptionError `no-such-toys` for a part without toys; as `runStudy`
 */
export async function runShard(
	study: ToyStudy,
	path: string,
	part: Part | undefined,
	{ save = fileOf(path, part), ...options }: RunShardOptions,
): Promise<{ readonly made: MadeShard; readonly end: () => void }> {
	const ranges = rangesOf(study, part);
	if (ranges.length === 0) {
		const message = `none of the study's ${study.toys.join(" and ")} toys are in this part`;
		throw new OptionError("no-such-toys", message, "--shard, --range");
	}
	const { shard, end } = await runStudy(study, { ...options, ranges, save });
	const made = {
		study: study.digest,
		file: save,
		toys: toysIn(shard),
		failed: shard.pieces
			.flat()
			.reduce((sum, { statuses }) => sum + statuses.filter((status) => status !== 0).length, 0),
		complete: intersect(ranges, missingToys(study, shard)).length === 0,
		digest: shardDigest(shard),
	};
	return { made, end };
}

/** What was made, in words. */
export function shardTable({ file, toys, failed, complete, digest }: MadeShard): Table {
	return {
		title: "Toys of a study",
		columns: ["", ""].map((title) => ({ title, kind: "text" })),
		rows: [
			["file", file],
			["toys", `${toys}${failed === 0 ? "" : `, ${failed} of them failed`}`],
			["digest", digest],
		],
		notes: complete ? [] : ["Not all that were asked for: the same command goes on from there."],
	};
}

function rangesOf(study: ToyStudy, part: Part | undefined): ToyRange[] {
	if (part === undefined) return rangesOfInterval(study, { first: 0, end: Math.max(...study.toys) });
	return "shards" in part ? rangesOfShard(study, part) : rangesOfInterval(study, part);
}

function fileOf(study: string, part: Part | undefined): string {
	return part !== undefined && "shards" in part ? shardFile(study, part.index, part.shards) : intervalFile(study, part);
}
