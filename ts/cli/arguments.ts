import { InvalidArgumentError } from "commander";
import type { Interpolation } from "../model/interpolation.js";
import { type Grid, gridFault } from "./grid.js";

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A finite decimal number. */
export function parseNumber(text: string): number {
	const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
	if (!Number.isFinite(value)) throw new InvalidArgumentError("It must be a number.");
	return value;
}

/** A number above 0. */
export function parsePositive(text: string): number {
	const value = parseNumber(text);
	if (value <= 0) throw new InvalidArgumentError("It must be greater than 0.");
	return value;
}

/** A whole number above 0. */
export function parseCount(text: string): number {
	const value = parseNumber(text);
	if (!Number.isSafeInteger(value) || value <= 0) throw new InvalidArgumentError("It must be a whole number above 0.");
	return value;
}

/** A number between 0 and 1, both left out. */
export function parseLevel(text: string): number {
	const value = parseNumber(text);
	if (value <= 0 || value >= 1) throw new InvalidArgumentError("It must lie between 0 and 1; 0.05 means 95 % CL.");
	return value;
}

/** A confidence level between 0 and 1, both left out. */
export function parseConfidence(text: string): number {
	const value = parseNumber(text);
	if (value <= 0 || value >= 1) throw new InvalidArgumentError("It must lie between 0 and 1; 0.95 means 95 % CL.");
	return value;
}

/** `0.6827,0.95` as confidence levels. */
export function parseConfidences(text: string): number[] {
	return text.split(",").map((part) => parseConfidence(part.trim()));
}

/** `0,0.5,1` as numbers. */
export function parseNumbers(text: string): number[] {
	return text.split(",").map((part) => parseNumber(part.trim()));
}

/** `from:to:step`. */
export function parseGrid(text: string): Grid {
	const parts = text.split(":");
	if (parts.length !== 3) throw new InvalidArgumentError("It must have the form from:to:step, like 0:5:0.1.");
	const [from, to, step] = parts.map(parseNumber) as [number, number, number];
	if (step <= 0) throw new InvalidArgumentError("The step must be greater than 0.");
	const fault = gridFault({ from, to, step });
	if (fault !== undefined) throw new InvalidArgumentError(`${fault[0]!.toUpperCase()}${fault.slice(1)}.`);
	return { from, to, step };
}

/** Names with the values given to them, in the order of the command line; a later one replaces an earlier one. */
export type Assignments<T> = Readonly<Record<string, T>>;

/** Collects `name=value` with a number as value. */
export function collectNumber(text: string, previous: Assignments<number> = {}): Assignments<number> {
	const [name, value] = splitAssignment(text, "name=value, like mu=1");
	return assign(previous, name, parseNumber(value));
}

/** Collects `name=value`, or `name` alone for `true`: the start value. */
export function collectFixed(text: string, previous: Assignments<number | true> = {}): Assignments<number | true> {
	if (!text.includes("=")) return assign(previous, text, true);
	const [name, value] = splitAssignment(text, "name=value or name");
	return assign(previous, name, parseNumber(value));
}

/** Collects `name=low:high`. */
export function collectBounds(
	text: string,
	previous: Assignments<readonly [number, number]> = {},
): Assignments<readonly [number, number]> {
	const form = "name=low:high, like mu=-5:10";
	const [name, value] = splitAssignment(text, form);
	const parts = value.split(":");
	if (parts.length !== 2) throw new InvalidArgumentError(`It must have the form ${form}.`);
	const [low, high] = parts.map(parseNumber) as [number, number];
	if (low >= high) throw new InvalidArgumentError("The lower bound must be below the upper one.");
	return assign(previous, name, [low, high]);
}

/** Collects `normsys=code1`, `histosys=code0` and the like. */
export function collectInterpolation(text: string, previous: Partial<Interpolation> = {}): Partial<Interpolation> {
	switch (text) {
		case "normsys=code1":
			return { ...previous, normsys: "code1" };
		case "normsys=code4":
			return { ...previous, normsys: "code4" };
		case "histosys=code0":
			return { ...previous, histosys: "code0" };
		case "histosys=code2":
			return { ...previous, histosys: "code2" };
		case "histosys=code4p":
			return { ...previous, histosys: "code4p" };
		default:
			throw new InvalidArgumentError("Allowed are normsys=code1 or code4, histosys=code0, code2 or code4p.");
	}
}

/** Collects texts as they are. */
export function collectText(text: string, previous: readonly string[] = []): readonly string[] {
	return [...previous, text];
}

// The last "=": names may hold one, numbers cannot.
function splitAssignment(text: string, form: string): [name: string, value: string] {
	const at = text.lastIndexOf("=");
	if (at < 1) throw new InvalidArgumentError(`It must have the form ${form}.`);
	return [text.slice(0, at), text.slice(at + 1)];
}

// Own properties, also for a name like "__proto__".
function assign<T>(previous: Assignments<T>, name: string, value: T): Assignments<T> {
	return Object.fromEntries([...Object.entries(previous), [name, value]]);
}
