import { formatFixed, formatNumber, formatPdg, formatSignificant, roundPdg } from "./rounding.js";

/** A number with an uncertainty (0: none), or to be shown with so many digits. */
export interface Quantity {
	readonly value: number;
	/** Rounds the value by the PDG rule where it is positive; Infinity: undetermined. */
	readonly uncertainty?: number;
	/** Significant digits where there is no uncertainty; as many as needed, up to six, by default. */
	readonly digits?: number;
	/** Digits after the decimal point instead. */
	readonly decimals?: number;
}

/** Text, an exact number, a quantity to be rounded, or nothing. */
export type Cell = string | number | Quantity | undefined;

/** A column of a {@link Table}. */
export interface Column {
	readonly title: string;
	/** `"text"` stands left, `"number"` right, `"measured"` (quantities with uncertainties) lines up at the ±. */
	readonly kind: "text" | "number" | "measured";
}

/** A table as plain data: nothing is rounded, escaped or aligned until it is written. */
export interface Table {
	readonly title: string;
	readonly columns: readonly Column[];
	/** One cell per column. */
	readonly rows: readonly (readonly Cell[])[];
	/** Sentences below the table. */
	readonly notes: readonly string[];
}

/** How to mark parts of a text table, for instance with a terminal's bold; nothing is marked by default. */
export interface TextEmphasis {
	/** Marks the title of the table. */
	readonly title?: (text: string) => string;
	/** Marks the line of column titles. */
	readonly header?: (text: string) => string;
	/** Marks each note below the table. */
	readonly note?: (text: string) => string;
}

/**
 * Aligned text, for people and monospaced fonts. Control characters in names are written as `\u{1b}`,
 * so that no name can steer a terminal. Ends in a line break.
 */
export function textTable(table: Table, emphasis: TextEmphasis = {}): string {
	const { title = same, header = same, note = same } = emphasis;
	const { headers, rows, widths } = layOut(table, visible);
	const line = (cells: readonly string[]) => cells.join("  ").trimEnd();
	return [
		...(table.title === "" ? [] : [title(visible(table.title))]),
		header(line(headers)),
		widths.map((width) => "─".repeat(width)).join("  "),
		...rows.map(line),
		...table.notes.map((text) => note(visible(text))),
		"",
	].join("\n");
}

/** GitHub-flavoured Markdown: title in bold, notes as paragraphs. Ends in a line break. */
export function markdownTable(table: Table): string {
	const { headers, rows, widths } = layOut(table, escapeMarkdown);
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	const rule = table.columns.map((column, i) => {
		const dashes = "-".repeat(Math.max(widths[i]!, 3));
		return column.kind === "text" ? dashes : `${dashes.slice(1)}:`;
	});
	const blocks = [
		...(table.title === "" ? [] : [`**${escapeMarkdown(table.title)}**`]),
		[line(headers), line(rule), ...rows.map(line)].join("\n"),
		...table.notes.map(escapeMarkdown),
	];
	return `${blocks.join("\n\n")}\n`;
}

/** A LaTeX `table` that needs no package: caption, `tabular`, notes as a paragraph. Ends in a line break. */
export function latexTable(table: Table): string {
	const row = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
	const columns = table.columns.map(({ kind }) => (kind === "text" ? "l" : "r")).join("");
	return [
		"\\begin{table}",
		"  \\centering",
		...(table.title === "" ? [] : [`  \\caption{${escapeLatex(table.title)}}`]),
		`  \\begin{tabular}{${columns}}`,
		"    \\hline",
		row(table.columns.map(({ title }) => escapeLatex(title))),
		"    \\hline",
		...table.rows.map((cells) => row(cells.map(latexCell))),
		"    \\hline",
		"  \\end{tabular}",
		...(table.notes.length === 0 ? [] : ["", `  ${table.notes.map(escapeLatex).join(" ")}`]),
		"\\end{table}",
		"",
	].join("\n");
}

/**
 * Comma-separated values (RFC 4180 with line feeds) for programs: numbers in full, a `"measured"` column as
 * two, `title` and `title uncertainty`; no table title and no notes. Ends in a line break.
 */
export function csvTable(table: Table): string {
	const header = table.columns.flatMap(({ title, kind }) =>
		kind === "measured" ? [title, `${title} uncertainty`] : [title],
	);
	const rows = table.rows.map((cells) =>
		table.columns.flatMap(({ kind }, i) => {
			const cell = cells[i];
			const value = typeof cell === "object" ? cell.value : cell;
			const text = value === undefined ? "" : String(value);
			if (kind !== "measured") return [text];
			return [text, typeof cell === "object" && cell.uncertainty !== undefined ? String(cell.uncertainty) : ""];
		}),
	);
	return [header, ...rows].map((cells) => `${cells.map(escapeCsv).join(",")}\n`).join("");
}

/** Text with control characters made visible: an escape character becomes `\u{1b}`. */
export function visible(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

function same(text: string): string {
	return text;
}

/** Every cell as text, padded to the width of its column. */
function layOut(table: Table, encode: (text: string) => string) {
	const columns = table.columns.map((column, i) => {
		const cells = table.rows.map((row) => row[i]);
		const texts =
			column.kind === "measured" ? alignMeasured(cells, encode) : cells.map((cell) => cellText(cell, encode));
		const header = encode(column.title);
		const width = Math.max(length(header), ...texts.map(length));
		const pad = (text: string) => {
			const blanks = " ".repeat(width - length(text));
			return column.kind === "number" ? blanks + text : text + blanks;
		};
		return { header: pad(header), texts: texts.map(pad), width };
	});
	return {
		headers: columns.map(({ header }) => header),
		widths: columns.map(({ width }) => width),
		rows: table.rows.map((_, i) => columns.map(({ texts }) => texts[i]!)),
	};
}

function cellText(cell: Cell, encode: (text: string) => string): string {
	if (cell === undefined) return "";
	if (typeof cell === "string") return encode(cell);
	if (typeof cell === "number") return formatNumber(cell);
	if (cell.uncertainty === Number.POSITIVE_INFINITY) return `${formatNumber(cell.value)} ± ∞`;
	if (hasUncertainty(cell)) return formatPdg(cell.value, cell.uncertainty);
	if (cell.decimals !== undefined) return formatFixed(cell.value, cell.decimals);
	return cell.digits === undefined ? formatNumber(cell.value) : formatSignificant(cell.value, cell.digits);
}

function hasUncertainty(cell: Quantity): cell is Quantity & { uncertainty: number } {
	return cell.uncertainty !== undefined && cell.uncertainty !== 0;
}

/** Lines the cells up at the decimal point of the value and at the ±. */
function alignMeasured(cells: readonly Cell[], encode: (text: string) => string): string[] {
	const parts = cells.map((cell) => {
		const [value = "", uncertainty] = cellText(cell, encode).split(" ± ");
		const [integer = "", fraction] = value.split(".");
		return { integer, fraction: fraction === undefined ? "" : `.${fraction}`, uncertainty };
	});
	const integerWidth = Math.max(0, ...parts.map(({ integer }) => length(integer)));
	const fractions = parts
		.filter(({ uncertainty }) => uncertainty !== undefined)
		.map(({ fraction }) => length(fraction));
	const fractionWidth = Math.max(0, ...fractions);
	return parts.map(({ integer, fraction, uncertainty }) => {
		const left = " ".repeat(integerWidth - length(integer)) + integer + fraction;
		if (uncertainty === undefined) return left;
		return `${left}${" ".repeat(fractionWidth - length(fraction))} ± ${uncertainty}`;
	});
}

/** Characters, not UTF-16 units. */
function length(text: string): number {
	return [...text].length;
}

function escapeMarkdown(text: string): string {
	return visible(text).replace(/[\\`*_[\]<>|~&$#]/g, "\\$&");
}

const LATEX: Readonly<Record<string, string>> = {
	"\\": "\\textbackslash{}",
	"~": "\\textasciitilde{}",
	"^": "\\textasciicircum{}",
	"<": "$<$",
	">": "$>$",
	"|": "$|$",
	// After the `\\` of the row above, a bare bracket or star would be read as its argument.
	"[": "{[}",
	"]": "{]}",
	"*": "{*}",
	"±": "$\\pm$",
	"×": "$\\times$",
	σ: "$\\sigma$",
	"−": "$-$",
};

function escapeLatex(text: string): string {
	// The last four are ± × σ −. A bundler cannot escape them here, and would keep all of its file as wide characters.
	return visible(text).replace(/[\\{}$&#_%~^<>|[\]*\u00b1\u00d7\u03c3\u2212]/g, (c) => LATEX[c] ?? `\\${c}`);
}

function latexCell(cell: Cell): string {
	if (cell === undefined) return "";
	if (typeof cell === "string") return escapeLatex(cell);
	if (typeof cell === "object" && cell.uncertainty === Number.POSITIVE_INFINITY) {
		return `$${formatNumber(cell.value)} \\pm \\infty$`;
	}
	if (typeof cell === "object" && hasUncertainty(cell)) {
		const { value, uncertainty, exponent } = roundPdg(cell.value, cell.uncertainty);
		const pair = `${value} \\pm ${uncertainty}`;
		return exponent === 0 ? `$${pair}$` : `$(${pair}) \\times 10^{${exponent}}$`;
	}
	const [mantissa, exponent] = cellText(cell, escapeLatex).split("e");
	return exponent === undefined ? `$${mantissa}$` : `$${mantissa} \\times 10^{${Number(exponent)}}$`;
}

function escapeCsv(text: string): string {
	return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
