import type { Stats } from "node:fs";
import { chmod, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { asFileError, FileError } from "./fileError.js";

/**
 * Writes a file so that a reader, a crash or a full disk sees the old content or the new, never a part:
 * into a new file beside it that then takes its name. Symbolic links are followed, permissions kept.
 * What is no regular file (`/dev/stdout`, a pipe) is written to directly.
 *
 * @throws FileError where it cannot be written
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
	try {
		const existing = await find(path);
		if (existing !== undefined && !existing.isFile()) {
			await writeTo(path, "w", content);
			return;
		}
		const target = existing === undefined ? path : await realpath(path);
		// The process alone will not do: in a container every run has the same number, and one that was killed leaves its file.
		const temporary = `${target}.${process.pid}-${Date.now().toString(36)}.tmp`;
		try {
			await writeTo(temporary, "wx", content);
			if (existing !== undefined) await chmod(temporary, existing.mode & 0o7777);
			await rename(temporary, target);
		} catch (error) {
			await rm(temporary, { force: true });
			throw error;
		}
	} catch (error) {
		throw asFileError(error, path);
	}
}

/**
 * Checks, before a long calculation, that {@link writeWhole} has a folder to write to and no folder in its way.
 *
 * @throws FileError where it has not
 */
export async function checkWritable(path: string): Promise<void> {
	const folder = dirname(path);
	const parent = await stat(folder).catch(() => undefined);
	if (!parent?.isDirectory()) {
		throw new FileError("folder-not-found", `there is no folder ${folder} to write to; create it first`, path);
	}
	const target = await stat(path).catch(() => undefined);
	if (target?.isDirectory()) throw new FileError("is-a-folder", "this is a folder; name a file in it", path);
}

function find(path: string): Promise<Stats | undefined> {
	return stat(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return undefined;
		throw error;
	});
}

async function writeTo(path: string, flags: "w" | "wx", content: string | Uint8Array): Promise<void> {
	const file = await open(path, flags);
	try {
		await file.writeFile(content);
		if (flags === "wx") await file.sync();
	} finally {
		await file.close();
	}
}
