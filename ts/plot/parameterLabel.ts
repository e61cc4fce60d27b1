import { FONT, shorten } from "./text.js";

/** A parameter's name as the title of an axis, cut to a width in px: `mu` is written as μ. */
export function parameterLabel(name: string, width: number): string {
	return name === "mu" ? "μ" : shorten(name, FONT.label, width);
}
