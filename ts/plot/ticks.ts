import { formatSignificant } from "../report/rounding.js";

/** Multiples of 1, 2 or 5 times a power of ten inside [low, high], at most so many. */
export function linearTicks(low: number, high: number, most: number): readonly number[] {
	const step = niceStep((high - low) / Math.max(most, 1));
	// Integer arithmetic, so that 0.1 × 3 is written as 0.3.
	const first = Math.ceil(low / step - 1e-9);
	const last = Math.floor(high / step + 1e-9);
	const exponent = Math.floor(Math.log10(step));
	const ticks: number[] = [];
	for (let i = first; i <= last; i++) ticks.push(Number((i * step).toFixed(Math.max(0, Math.min(100, -exponent)))));
	if (ticks.length > most && most > 1) return linearTicks(low, high, most - 1);
	return ticks;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is not below a step. */
function niceStep(step: number): number {
	const decade = 10 ** Math.floor(Math.log10(step));
	return (([1, 2, 5].find((m) => m * decade >= step * (1 - 1e-9)) ?? 10) as number) * decade;
}

/** Labels of linear ticks: a fixed number of decimals, a power of ten where plain digits would be long. */
export function tickLabels(ticks: readonly number[]): readonly string[] {
	const largest = Math.max(...ticks.map(Math.abs), 0);
	const step = Math.min(...ticks.slice(1).map((tick, i) => Math.abs(tick - (ticks[i] ?? 0))), largest || 1);
	const exponent = largest >= 1e5 || (largest > 0 && largest < 1e-2) ? Math.floor(Math.log10(largest) + 1e-9) : 0;
	const scale = 10 ** exponent;
	const decimals = Math.max(0, -Math.floor(Math.log10(step / scale) + 1e-9));
	return ticks.map((tick) => {
		const digits = (tick / scale).toFixed(Math.min(decimals, 20));
		if (tick === 0) return "0";
		return minus(exponent === 0 ? digits : `${digits}×10^{${exponent}}`);
	});
}

/** Ticks of a logarithmic axis: `labelled` decades, and the rest without a label. */
export interface LogTicks {
	readonly labelled: readonly number[];
	readonly bare: readonly number[];
}

/** Decades of [low, high], every second, third … labelled where there are more than `most`; 2 to 9 between them where few. */
export function logTicks(low: number, high: number, most: number): LogTicks {
	const first = Math.ceil(Math.log10(low) - 1e-9);
	const last = Math.floor(Math.log10(high) + 1e-9);
	const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(most, 1)));
	const labelled: number[] = [];
	const bare: number[] = [];
	for (let exponent = first - 1; exponent <= last; exponent++) {
		const decade = Number(`1e${exponent}`);
		if (exponent >= first) (exponent % every === 0 ? labelled : bare).push(decade);
		if (last - first > 6) continue;
		for (let m = 2; m <= 9; m++) {
			const tick = Number(`${m}e${exponent}`);
			if (tick >= low && tick <= high) bare.push(tick);
		}
	}
	return { labelled, bare };
}

/** `1`, `10`, `10^{3}`: the label of a decade. */
export function decadeLabel(decade: number): string {
	const exponent = Math.round(Math.log10(decade));
	return exponent === 0 ? "1" : exponent === 1 ? "10" : minus(`10^{${exponent}}`);
}

/** A number for a label, three significant digits: `2.54`, `0.00163`, `1.23×10^{7}`. */
export function numberLabel(x: number): string {
	const [mantissa = "", exponent] = formatSignificant(x, 3).split("e");
	return minus(exponent === undefined ? mantissa : `${mantissa}×10^{${exponent}}`);
}

/** A true minus sign for each hyphen that stands for one. */
export function minus(text: string): string {
	return text.replaceAll("-", "−");
}
