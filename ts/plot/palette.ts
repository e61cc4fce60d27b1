/**
 * Fill colours of samples, in the order of the stack from the bottom up.
 *
 * Hues follow Okabe and Ito's. Luminances (CIE L*: 84, 52, 94, 42, 78, 58, 28, 65, 37, 70) are all different,
 * and neighbours differ by 20 at least, so that a stack survives grey print; under simulated deuteranopia,
 * protanopia and tritanopia any two differ by ΔE 15 or more.
 */
export const SAMPLE_COLOURS: readonly string[] = Object.freeze([
	"#a9d8f2",
	"#d0580a",
	"#f7f0b5",
	"#0b66a8",
	"#f2b632",
	"#1b9e77",
	"#6e2c4a",
	"#dc80ae",
	"#6b5428",
	"#5db2ea",
]);

/** Fill of the samples that are merged into one. */
export const OTHER_COLOUR = "#c9c9c9";

/** The bands of a Brazil plot, L* 66 and 90: green and yellow, and two greys in print. */
export const ONE_SIGMA_COLOUR = "#4fb548";
export const TWO_SIGMA_COLOUR = "#ffe352";

/** Text, axes, data. */
export const INK = "#1a1a1a";

/** The tested level, and what stands out of range or at a bound. */
export const ALERT = "#c1121f";

/** Reference lines and separators. */
export const FAINT = "#8a8a8a";
