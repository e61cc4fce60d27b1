import { OptionError } from "../errors.js";

/** A value and its uncertainty, rounded to the same place: `value ± uncertainty`, both times 10^`exponent`. */
export interface RoundedPair {
	readonly value: string;
	readonly uncertainty: string;
	/** 0 except for very small and very large numbers. */
	readonly exponent: number;
}

/**
 * Rounds a value to its uncertainty by the rule of the Particle Data Group (Review of Particle Physics,
 * Introduction, 5.3): of the uncertainty's three leading digits, 100 to 354 keep two, 355 to 949 keep one,
 * 950 to 999 become 1000 and keep two; the value is rounded to the same place.
 *
 * Both numbers are taken as their shortest decimal form and rounded half away from zero, so that 0.355
 * is 355 and not the 354.99… of its binary form.
 *
 * @throws OptionError where the value is not finite, or the uncertainty is not finite and positive
 */
export function roundPdg(value: number, uncertainty: number): RoundedPair {
	const v = toDecimal(value, "value");
	const u = toDecimal(uncertainty, "uncertainty");
	if (!(uncertainty > 0)) {
		throw new OptionError("not-positive", `an uncertainty must be positive, this one is ${uncertainty}`, "uncertainty");
	}
	const leading = Number(u.digits.slice(0, 3).padEnd(3, "0"));
	const place = leading <= 354 ? u.exponent - 1 : u.exponent;
	const largest = value === 0 ? u.exponent : Math.max(v.exponent, u.exponent);
	const exponent = largest <= -5 || (largest >= 6 && place > 0) ? largest : 0;
	return Object.freeze({
		value: format(v, place, exponent),
		uncertainty: format(u, place, exponent),
		exponent,
	});
}

/** `1.23 ± 0.12`, or `(1.23 ± 0.12)e-7`, by {@link roundPdg}. */
export function formatPdg(value: number, uncertainty: number): string {
	const rounded = roundPdg(value, uncertainty);
	const pair = `${rounded.value} ± ${rounded.uncertainty}`;
	return rounded.exponent === 0 ? pair : `(${pair})e${rounded.exponent}`;
}

/**
 * A number with so many significant digits, trailing zeros kept: `0.3600`, `2.308e-7`.
 * Digits before the decimal point are never dropped below 10⁷.
 *
 * @throws OptionError where the number is not finite
 */
export function formatSignificant(x: number, digits: number): string {
	const d = toDecimal(x, "number");
	if (x === 0) return "0";
	const exponent = d.exponent + (roundedDigits(d, d.exponent - digits + 1).length > digits ? 1 : 0);
	const place = exponent - digits + 1;
	if (exponent < -4 || d.exponent >= 7) return `${format(d, place, exponent)}e${exponent}`;
	return format(d, Math.min(place, 0), 0);
}

/**
 * A number with so many digits after the decimal point.
 *
 * @throws OptionError where the number is not finite
 */
export function formatFixed(x: number, decimals: number): string {
	return format(toDecimal(x, "number"), -decimals, 0);
}

/**
 * A number without an uncertainty as one would write it: integers in full, others with up to six
 * significant digits and no trailing zeros.
 *
 * @throws OptionError where the number is not finite
 */
export function formatNumber(x: number): string {
	if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x + 0);
	return String(Number(formatSignificant(x, 6)));
}

/** ±d₀.d₁d₂… × 10^exponent. */
interface Decimal {
	readonly negative: boolean;
	readonly digits: string;
	readonly exponent: number;
}

function toDecimal(x: number, what: string): Decimal {
	if (!Number.isFinite(x)) throw new OptionError("not-finite", `${x} cannot be shown as a number`, what);
	const [mantissa = "0", exponent = "0"] = Math.abs(x).toExponential().split("e");
	return { negative: x < 0, digits: mantissa.replace(".", ""), exponent: Number(exponent) };
}

/** The digits of |x| / 10^place, rounded half up to an integer. */
function roundedDigits(x: Decimal, place: number): string {
	const keep = x.exponent - place + 1;
	if (keep < 0) return "0";
	const head = BigInt(x.digits.slice(0, keep).padEnd(keep, "0"));
	return String((x.digits[keep] ?? "0") >= "5" ? head + 1n : head);
}

/** x rounded to a multiple of 10^place, written in units of 10^exponent. */
function format(x: Decimal, place: number, exponent: number): string {
	const digits = roundedDigits(x, place);
	const sign = x.negative && digits !== "0" ? "-" : "";
	const decimals = exponent - place;
	if (decimals <= 0) return sign + (digits === "0" ? digits : digits + "0".repeat(-decimals));
	const padded = digits.padStart(decimals + 1, "0");
	return `${sign}${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}
