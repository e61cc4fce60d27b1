import { OptionError } from "../errors.js";
import type { Estimate } from "./estimate.js";

/**
 * When CLs is known well enough: its standard error is `accuracy` or less, or it is `sigmas` standard errors or more away
 * from the `level` that it is compared with.
 */
export type Until = { readonly accuracy: number } | { readonly level: number; readonly sigmas: number };

/** @throws OptionError `bad-until`. */
export function checkUntil(until: Until): void {
	const positive = (x: unknown) => typeof x === "number" && x > 0 && Number.isFinite(x);
	const accuracy = "accuracy" in until && positive(until.accuracy);
	const distance = "level" in until && positive(until.level) && until.level < 1 && positive(until.sigmas);
	if (accuracy !== distance) return;
	const expected = "{ accuracy: 0.01 } or { level: 0.05, sigmas: 3 }";
	throw new OptionError("bad-until", `expected ${expected}, found ${JSON.stringify(until)}`, "options.until");
}

/** Whether that is so. What toys cannot say yet is not known. */
export function isKnown(cls: Estimate | undefined, until: Until): boolean {
	if (cls === undefined) return false;
	if ("accuracy" in until) return cls.error <= until.accuracy;
	return Math.abs(cls.value - until.level) >= until.sigmas * cls.error;
}
