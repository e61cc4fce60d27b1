import { describe, expect, test } from "vitest";
import { csvTable, latexTable, markdownTable, type Table, textTable } from "../../ts/report/table.js";

const TABLE: Table = {
	title: "Fit of A & B",
	columns: [
		{ title: "name", kind: "text" },
		{ title: "value", kind: "measured" },
		{ title: "n_σ", kind: "number" },
	],
	rows: [
		["mu", { value: 1.2345, uncertainty: 0.119 }, 3],
		["a[0]", { value: -12.3, uncertainty: 0.9 }, { value: 0.36, digits: 4 }],
		["tiny|*", { value: 1e-7, uncertainty: 2e-9 }, { value: 2.3e-7, digits: 2 }],
		["fixed", { value: 1, uncertainty: 0 }, undefined],
	],
	notes: ["50 % of _it_."],
};

test("text lines columns up at the decimal point and the ±", () => {
	expect(textTable(TABLE)).toBe(`Fit of A & B
name    value                   n_σ
──────  ───────────────────  ──────
mu        1.23  ± 0.12            3
a[0]    -12.3   ± 0.9        0.3600
tiny|*   (1.000 ± 0.020)e-7  2.3e-7
fixed     1
50 % of _it_.
`);
});

test("text marks title, header and notes with what it is given", () => {
	const mark = (tag: string) => (text: string) => `<${tag}>${text}</${tag}>`;
	const table: Table = { title: "T", columns: [{ title: "c", kind: "text" }], rows: [["x"]], notes: ["n"] };
	expect(textTable(table, { title: mark("t"), header: mark("h"), note: mark("n") })).toBe(
		"<t>T</t>\n<h>c</h>\n─\nx\n<n>n</n>\n",
	);
});

test("text shows control characters instead of sending them", () => {
	const table: Table = {
		title: "",
		columns: [{ title: "c", kind: "text" }],
		rows: [["a\x1b[31m\nb\u202e"]],
		notes: [],
	};
	expect(textTable(table)).toBe(`c\n${"─".repeat(25)}\na\\u{1b}[31m\\u{a}b\\u{202e}\n`);
});

test("Markdown", () => {
	expect(markdownTable(TABLE)).toBe(`**Fit of A \\& B**

| name     | value               |   n\\_σ |
| -------- | ------------------: | -----: |
| mu       |   1.23  ± 0.12      |      3 |
| a\\[0\\]   | -12.3   ± 0.9       | 0.3600 |
| tiny\\|\\* |  (1.000 ± 0.020)e-7 | 2.3e-7 |
| fixed    |   1                 |        |

50 % of \\_it\\_.
`);
});

test("LaTeX", () => {
	expect(latexTable(TABLE)).toBe(`\\begin{table}
  \\centering
  \\caption{Fit of A \\& B}
  \\begin{tabular}{lrr}
    \\hline
    name & value & n\\_$\\sigma$ \\\\
    \\hline
    mu & $1.23 \\pm 0.12$ & $3$ \\\\
    a{[}0{]} & $-12.3 \\pm 0.9$ & $0.3600$ \\\\
    tiny$|\${*} & $(1.000 \\pm 0.020) \\times 10^{-7}$ & $2.3 \\times 10^{-7}$ \\\\
    fixed & $1$ &  \\\\
    \\hline
  \\end{tabular}

  50 \\% of \\_it\\_.
\\end{table}
`);
});

test("CSV has numbers in full and an uncertainty column", () => {
	expect(csvTable(TABLE)).toBe(`name,value,value uncertainty,n_σ
mu,1.2345,0.119,3
a[0],-12.3,0.9,0.36
tiny|*,1e-7,2e-9,2.3e-7
fixed,1,0,
`);
});

test("CSV quotes what would break a line", () => {
	const table: Table = {
		title: "",
		columns: [{ title: 'say "hi"', kind: "text" }],
		rows: [["a,b"], ["a\nb"], [" lead"], ["plain"]],
		notes: [],
	};
	expect(csvTable(table)).toBe('"say ""hi"""\n"a,b"\n"a\nb"\n" lead"\nplain\n');
});

describe("a table without rows", () => {
	const empty: Table = { title: "", columns: [{ title: "c", kind: "measured" }], rows: [], notes: [] };
	test("has its header", () => {
		expect(textTable(empty)).toBe("c\n─\n");
		expect(markdownTable(empty)).toBe("| c |\n| --: |\n");
		expect(csvTable(empty)).toBe("c,c uncertainty\n");
	});
});
