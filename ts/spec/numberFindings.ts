import type { Finding } from "./finding.js";
import { describe, type PathSegment } from "./path.js";
import { isNumberList } from "./schema.js";

/** A value of the wrong type; `expected` says what belongs there, `advice` what to do where that is not plain. */
export function wrongType(value: unknown, expected: string, at: readonly PathSegment[], advice?: string): Finding {
	const message = `found ${describe(value)} where ${expected} belongs`;
	return { code: "wrong-type", at, message: advice === undefined ? message : `${message}; ${advice}` };
}

/**
 * What keeps `list` from being a list of finite numbers: one finding per kind of mistake, at its first
 * entry, with the number of the others.
 */
export function numberListFindings(list: unknown, at: readonly PathSegment[]): Finding[] {
	if (!isNumberList(list)) {
		const advice = typeof list === "number" ? "put it in brackets" : undefined;
		return [wrongType(list, "a list of numbers", at, advice)];
	}
	if (list.length === 0) return [{ code: "empty-list", at, message: "the list is empty; give one number per bin" }];

	const firsts = new Map<string, { finding: Finding; others: number }>();
	for (let i = 0; i < list.length; i++) {
		const entry = list[i];
		if (Number.isFinite(entry)) continue;
		const finding = numberFinding(entry, [...at, i]);
		const first = firsts.get(finding.code);
		if (first === undefined) firsts.set(finding.code, { finding, others: 0 });
		else first.others++;
		// A sparse array may have four thousand million holes.
		if (entry === undefined) break;
	}
	return [...firsts.values()].map(({ finding, others }) => {
		if (others === 0) return finding;
		const more = others === 1 ? "1 more entry of this list likewise" : `${others} more entries of this list likewise`;
		return { ...finding, message: `${finding.message} (${more})` };
	});
}

/** What stands in place of a finite number. */
export function numberFinding(value: unknown, at: readonly PathSegment[]): Finding {
	const found = `found ${describe(value)}`;
	if (value === undefined) return { code: "missing-entry", at, message: "there is no value here; give a number" };
	if (value === null) {
		const message = `${found} where a number belongs; some programs write null for a value that is not finite`;
		return { code: "null-number", at, message };
	}
	if (typeof value === "number") {
		const code = Number.isNaN(value) ? "nan" : "infinite";
		const limit = code === "infinite" ? " (beyond 1.8e308 a number reads as infinite)" : "";
		return { code, at, message: `${found} where a finite number belongs${limit}` };
	}
	if (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))) {
		return { code: "number-as-string", at, message: `${found} where a number belongs; remove the quotes` };
	}
	return { code: "not-a-number", at, message: `${found} where a number belongs` };
}
