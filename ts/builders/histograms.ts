import { OptionError } from "../errors.js";
import { nearest } from "../spec/nearest.js";
import { describe, quote } from "../spec/path.js";

/** Contents of a histogram, bin by bin: a plain or a typed array. */
export type Histogram = ArrayLike<number>;

/**
 * Refuses options that are no object or have a key that is not `known`: a misspelt `floatingBackground`
 * would otherwise fix the background without a word.
 *
 * @throws OptionError `wrong-type`, `unknown-option`.
 */
export function checkOptions(options: unknown, known: readonly string[]): void {
	if (typeof options !== "object" || options === null) {
		throw new OptionError("wrong-type", `found ${describe(options)} where an object belongs`, "options");
	}
	const unknown = Object.keys(options).find((key) => !known.includes(key));
	if (unknown === undefined) return;
	const meant = nearest(unknown, known);
	const advice = meant === undefined ? `the options are ${known.join(", ")}` : `did you mean '${meant}'?`;
	throw new OptionError("unknown-option", `there is no option ${quote(unknown)}; ${advice}`, "options");
}

/**
 * The named histograms of `options` as plain arrays of finite numbers not below zero, all with as many
 * bins as the first.
 *
 * @throws OptionError `wrong-type`, `no-bins`, `bin-count`, `not-finite`, `negative`.
 */
export function readHistograms<Name extends string>(
	options: Readonly<Record<Name, Histogram>>,
	names: readonly Name[],
): Record<Name, number[]> {
	let bins: number | undefined;
	const read = names.map((name): [Name, number[]] => {
		const contents = readHistogram(options[name], `options.${name}`);
		bins ??= contents.length;
		if (contents.length === bins) return [name, contents];
		const count = `${contents.length} bin${contents.length === 1 ? "" : "s"}`;
		throw new OptionError("bin-count", `has ${count}, but ${names[0]} has ${bins}`, `options.${name}`);
	});
	return Object.fromEntries(read) as Record<Name, number[]>;
}

function readHistogram(histogram: Histogram, path: string): number[] {
	if (!Array.isArray(histogram) && !ArrayBuffer.isView(histogram)) {
		throw new OptionError(
			"wrong-type",
			`found ${describe(histogram)} where a list of numbers, one per bin, belongs`,
			path,
		);
	}
	if (histogram.length === 0) throw new OptionError("no-bins", "is empty; give one number per bin", path);
	return Array.from<number, number>(histogram, (content, bin) => {
		const place = `${path}[${bin}]`;
		if (!Number.isFinite(content)) {
			throw new OptionError("not-finite", `found ${describe(content)} where a finite number belongs`, place);
		}
		if (content >= 0) return content;
		throw new OptionError("negative", `found ${content}; rates, counts and uncertainties are not negative`, place);
	});
}
