import { readText, STANDARD_INPUT } from "../../io/readText.js";
import { readToyStudy } from "../../toys/files/studyFile.js";
import type { ToyStudy } from "../../toys/toyStudy.js";
import { inSource } from "../failure.js";

/** The study in a text that was read from a file (`"-"`: standard input). */
export function studyOf(text: string, path: string): ToyStudy {
	return inSource(path === "-" ? STANDARD_INPUT : path, () => readToyStudy(text));
}

/** The study in a file. */
export async function readStudy(path: string): Promise<ToyStudy> {
	return studyOf(await readText(path), path);
}
