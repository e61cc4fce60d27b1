import { HistFactoryError } from "../errors.js";

/** A file that cannot be read or written; `path` is its name. */
export class FileError extends HistFactoryError {
	override readonly name = "FileError";
}

/** The reasons of the operating system that have clear words of their own, with our code for each. */
const REASONS: Readonly<Record<string, readonly [code: string, words: string]>> = {
	ENOENT: ["file-not-found", "there is no such file"],
	ENOTDIR: ["folder-not-found", "a part of this path is a file, not a folder"],
	EISDIR: ["is-a-folder", "this is a folder, not a file"],
	EACCES: ["no-permission", "permission denied"],
	EPERM: ["no-permission", "permission denied"],
	EROFS: ["no-permission", "the file system is read-only"],
	ENOSPC: ["disk-full", "there is no space left on the device"],
	EDQUOT: ["disk-full", "the disk quota is used up"],
	ENAMETOOLONG: ["name-too-long", "the file name is too long"],
	ELOOP: ["link-loop", "the symbolic links of this path go round in a circle"],
};

/** The same failure as a {@link FileError}; what is not a failure of the file system comes back as it is. */
export function asFileError(error: unknown, path: string): unknown {
	if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
	const [code, words] = REASONS[error.code] ?? ["file-failed", error.message];
	return new FileError(code, words, path);
}
