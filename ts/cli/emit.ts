import pc from "picocolors";
import { asFileError } from "../io/fileError.js";
import { writeWhole } from "../io/writeWhole.js";
import {
	csvTable,
	type JsonRecord,
	latexTable,
	markdownTable,
	type Table,
	textTable,
	toJson,
} from "../report/index.js";

/** The forms in which a result can be written. */
export const FORMATS = ["json", "text", "markdown", "latex", "csv"] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** A command's result in all its forms, each made when it is needed. CSV takes the first table only. */
export interface Report {
	readonly record: () => JsonRecord;
	readonly tables: readonly (() => Table)[];
}

/** Where a result goes, and in which form. */
export interface EmitOptions {
	readonly format?: Format;
	readonly json?: true;
	readonly outputFile?: string;
}

const FORMAT_OF_EXTENSION: readonly (readonly [string, Format])[] = [
	[".txt", "text"],
	[".md", "markdown"],
	[".tex", "latex"],
	[".csv", "csv"],
];

/** The form asked for, else that of the output file's extension, else text on a terminal and JSON elsewhere. */
export function chooseFormat(options: EmitOptions): Format {
	if (options.json) return "json";
	if (options.format !== undefined) return options.format;
	const file = options.outputFile;
	if (file === undefined) return process.stdout.isTTY ? "text" : "json";
	return FORMAT_OF_EXTENSION.find(([extension]) => file.toLowerCase().endsWith(extension))?.[1] ?? "json";
}

/** Writes a report to the output file, else to standard output. */
export async function emit(report: Report, options: EmitOptions): Promise<void> {
	const toTerminal = options.outputFile === undefined && process.stdout.isTTY === true;
	const text = render(report, chooseFormat(options), toTerminal && coloured(process.stdout));
	if (options.outputFile === undefined) await print(text);
	else await writeWhole(options.outputFile, text);
}

function render({ record, tables }: Report, format: Format, colour: boolean): string {
	const join = (write: (table: Table) => string) => tables.map((table) => write(table())).join("\n");
	switch (format) {
		case "json":
			return `${toJson(record())}\n`;
		case "text": {
			const { bold, dim } = pc.createColors(colour);
			return join((table) => textTable(table, { title: bold, header: bold, note: dim }));
		}
		case "markdown":
			return join(markdownTable);
		case "latex":
			return join(latexTable);
		case "csv":
			return tables
				.slice(0, 1)
				.map((table) => csvTable(table()))
				.join("");
	}
}

/** Whether a terminal should get colours (https://no-color.org). */
function coloured(stream: NodeJS.WriteStream): boolean {
	const { NO_COLOR, TERM } = process.env;
	return stream.isTTY && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}

/** Writes to standard output; a reader that has gone (`| head`) has seen what it wanted. */
function print(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		process.stdout.write(text, (error) => {
			if (!error || ("code" in error && error.code === "EPIPE")) resolve();
			else reject(asFileError(error, "standard output"));
		});
	});
}
