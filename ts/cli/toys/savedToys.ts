import { stat } from "node:fs/promises";
import { FileError } from "../../io/fileError.js";
import { readText } from "../../io/readText.js";
import { checkWritable, writeWhole } from "../../io/writeWhole.js";
import { readToyShard, writeToyShard } from "../../toys/files/shardFile.js";
import { checkStudy, emptyShard, type ToyShard } from "../../toys/toyShard.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { inSource } from "../failure.js";

/**
 * Milliseconds between two savings: as many as have passed, from the least to the most. It is also this many times as long
 * as the last one took, so that toys are not slowed down.
 */
const LEAST = 500;
const MOST = 10_000;
const SHARE = 20;

/** The toys of a run as a file, which holds at any moment a whole shard: what was saved last. */
export class SavedToys {
	readonly path: string;
	readonly #note: (text: string) => void;
	#held: ToyShard;
	#writing: Promise<void> | undefined;
	readonly #begin = performance.now();
	#next = this.#begin + LEAST;
	#failed = false;

	private constructor(path: string, held: ToyShard, note: (text: string) => void) {
		this.path = path;
		this.#held = held;
		this.#note = note;
	}

	/**
	 * Reads what an earlier run has left in the file, if it is there; `note` is told of savings that fail.
	 *
	 * @throws FileError, ToyFileError, ToyError where it is no shard of this study; it is left as it is.
	 */
	static async open(path: string, study: ToyStudy, note: (text: string) => void): Promise<SavedToys> {
		await checkWritable(path);
		const existing = await stat(path).catch(() => undefined);
		if (existing === undefined) return new SavedToys(path, emptyShard(study), note);
		// A device or a pipe has no content to go on with, and some never end.
		if (!existing.isFile()) throw new FileError("not-a-file", "toys are kept in a file; name one", path);
		const text = await readText(path);
		const shard = inSource(path, () => {
			const read = readToyShard(text);
			checkStudy(study, read);
			return read;
		});
		return new SavedToys(path, shard, note);
	}

	/** What the file holds. */
	get held(): ToyShard {
		return this.#held;
	}

	/**
	 * Writes the file as it is, so that a folder or disk that takes no file is known before the work.
	 *
	 * @throws FileError
	 */
	async prove(): Promise<void> {
		await this.#write(this.#held);
	}

	/** Saves what there is, where it is time; the work goes on meanwhile. */
	offer(snapshot: () => ToyShard): void {
		if (this.#writing !== undefined || performance.now() < this.#next) return;
		this.#writing = this.#tryWrite(snapshot());
	}

	/**
	 * Saves the last state.
	 *
	 * @throws FileError saying what the file still holds.
	 */
	async finish(shard: ToyShard): Promise<void> {
		await this.#writing;
		try {
			await this.#write(shard);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			const reason = error.message.slice(this.path.length + 2);
			throw new FileError(error.code, `${reason}; ${this.#kept()}, and the same command goes on from there`, this.path);
		}
	}

	async #tryWrite(shard: ToyShard): Promise<void> {
		try {
			await this.#write(shard);
			this.#failed = false;
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			if (!this.#failed) this.#note(`${error.message}; ${this.#kept()}, the others are kept in memory meanwhile`);
			this.#failed = true;
		} finally {
			this.#writing = undefined;
		}
	}

	async #write(shard: ToyShard): Promise<void> {
		const begin = performance.now();
		try {
			await writeWhole(this.path, writeToyShard(shard));
			this.#held = shard;
		} finally {
			const end = performance.now();
			const interval = Math.min(MOST, Math.max(LEAST, end - this.#begin));
			this.#next = end + Math.max(interval, SHARE * (end - begin));
		}
	}

	#kept(): string {
		return `the file still holds the ${toysIn(this.#held)} toys saved last`;
	}
}

/** How many toys a shard has. */
export function toysIn(shard: ToyShard): number {
	return shard.pieces.flat().reduce((sum, { count }) => sum + count, 0);
}
