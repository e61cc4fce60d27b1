import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseDocument } from "../../ts/spec/parse.js";
import { problemsOf } from "./problemsOf.js";

function fixture(file: string): string {
	return readFileSync(new URL(`../fixtures/broken/${file}`, import.meta.url), "utf8");
}

describe("files that are no JSON", () => {
	test.each([
		[
			"truncated.json",
			"truncated-json at channels[0].samples[1].data[1]: the text ends at line 7, column 51; it is cut short, fetch or copy it again",
		],
		[
			"python-nan.json",
			"non-finite-token at channels[0].samples[0].data[1]: 'NaN' at line 6, column 48 is no JSON number; Python writes it for a value that is not finite, so give a finite number",
		],
		[
			"python-infinity.json",
			"non-finite-token at observations[0].data[1]: '-Infinity' at line 10, column 51 is no JSON number; Python writes it for a value that is not finite, so give a finite number",
		],
		[
			"python-print.json",
			"invalid-json at : ''channels':' at line 2, column 3: JSON strings stand in double quotes; write the file with json.dump, not with print",
		],
		[
			"trailing-comma.json",
			"invalid-json at channels[0].samples[0].data[1]: a comma too many before '],' at line 6, column 53; remove it",
		],
		["comment.json", "invalid-json at : '//' at line 10, column 3: JSON has no comments; remove it"],
		[
			"missing-comma.json",
			"invalid-json at channels[0].samples[0].data[0]: '60.0],' at line 6, column 47 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
		[
			"two-documents.json",
			"invalid-json at : '{' at line 14, column 1 comes after the end of the document; remove what follows it",
		],
		[
			"web-page.json",
			"not-json at : this is a web page or XML, not JSON; save the file itself, and convert HistFactory XML first",
		],
		["blank.json", "empty-text at : the text is empty; was the file read to its end?"],
	])("%s", (file, problem) => {
		expect(problemsOf(() => parseDocument(fixture(file)))).toEqual([problem]);
	});
});

describe("text that is no JSON", () => {
	test.each([
		["", "empty-text at : the text is empty; was the file read to its end?"],
		[
			'{"version": "1.0',
			"truncated-json at version: the text ends at line 1, column 17; it is cut short, fetch or copy it again",
		],
		[
			'{"version": "1\\',
			"truncated-json at version: the text ends at line 1, column 16; it is cut short, fetch or copy it again",
		],
		[
			'{"channels": [tr',
			"truncated-json at channels[0]: the text ends at line 1, column 17; it is cut short, fetch or copy it again",
		],
		[
			'{"channels": [1, 2',
			"truncated-json at channels[1]: the text ends at line 1, column 19; it is cut short, fetch or copy it again",
		],
		[
			'{"channels"',
			"truncated-json at channels: the text ends at line 1, column 12; it is cut short, fetch or copy it again",
		],
		[
			'{"a b": {"c": [1, 2, +inf]}}',
			"non-finite-token at ['a b'].c[2]: '+inf' at line 1, column 22 is no JSON number; Python writes it for a value that is not finite, so give a finite number",
		],
		[
			'{"channels": [01]}',
			"invalid-json at channels[0]: '01]}' at line 1, column 15 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
		[
			'{"channels": "a\nb"}',
			"invalid-json at channels: '\\nb\"}' at line 1, column 16 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
		[
			'{"channels": "\\x41"}',
			"invalid-json at channels: '\\\\x41\"}' at line 1, column 15 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
		[
			"{channels: []}",
			"invalid-json at : 'channels:' at line 1, column 2 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
		[
			"[1, 2]]",
			"invalid-json at : ']' at line 1, column 7 comes after the end of the document; remove what follows it",
		],
		[
			"nan",
			"non-finite-token at : 'nan' at line 1, column 1 is no JSON number; Python writes it for a value that is not finite, so give a finite number",
		],
		[
			"\u0000\u0001",
			"invalid-json at : '\\u0000\\u0001' at line 1, column 1 is not what JSON allows there; look for a missing comma, quote or bracket",
		],
	])("%j", (text, problem) => {
		expect(problemsOf(() => parseDocument(text))).toEqual([problem]);
	});
});
