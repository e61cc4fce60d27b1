const UNITS = [
	["s", 1],
	["ms", 1e-3],
	["µs", 1e-6],
	["ns", 1e-9],
];

/** A time to three digits, in the unit that leaves at least one before the point. */
export function duration(seconds) {
	const rounded = Number(seconds.toPrecision(3));
	const [unit, size] = UNITS.find(([, size]) => rounded >= size) ?? UNITS.at(-1);
	const number = rounded / size;
	return `${number >= 1000 ? number.toFixed(0) : number.toPrecision(3)} ${unit}`;
}

/** How many times slower, to two digits. */
export function times(ratio) {
	return `${Number(ratio.toPrecision(2))}×`;
}

/** A signed difference to one digit. */
export function signed(difference) {
	if (difference === 0) return "0";
	return `${difference > 0 ? "+" : "−"}${Math.abs(difference).toExponential(0)}`;
}
