import { expect, test } from "vitest";
import { renderPulls } from "../../ts/plot/index.js";
import { Figure, numbers } from "./readSvg.js";
import { fitOf } from "./records.js";

const { fit, parameterSets } = fitOf([
	{ name: "alpha", constraint: "gaussian", auxdata: [0], scale: [1], values: [-0.4], errors: [0.8] },
	{ name: "lumi", constraint: "gaussian", auxdata: [1], scale: [0.02], values: [1.03], errors: [0.018] },
	{
		name: "gamma",
		constraint: "poisson",
		auxdata: [100, 25],
		scale: [100, 25],
		values: [1.02, 1e-10],
		errors: [0.09, 0],
		atBound: [undefined, "lower"],
	},
	{ name: "held", constraint: "gaussian", auxdata: [0], scale: [1], values: [2], errors: [0], fixed: [true] },
	{ name: "mu", constraint: "none", values: [1.5], errors: [0.25] },
]);

test("pulls are in units of the constraint, the largest first", () => {
	const figure = new Figure(renderPulls(fit, parameterSets));
	// (1e-10 − 1) √25 = −5, (1.03 − 1) / 0.02 = 1.5, −0.4, (1.02 − 1) √100 = 0.2.
	const names = figure.texts.filter((text) => /^(alpha|lumi|gamma|held|mu)/.test(text));
	expect(names).toEqual(["gamma[1]", "lumi", "alpha", "gamma[0]", "mu"]);
	expect(figure.texts).toEqual(
		expect.arrayContaining([
			"−5.00",
			"1.5 ± 0.9",
			"−0.4 ± 0.8",
			"0.2 ± 0.9",
			"1.50 ± 0.25",
			"(θ − θ0) / σ0",
			"best-fit value",
		]),
	);
	const { left, right } = figure.frames[0]!;
	const x = (pull: number) => left + ((pull + 5.25) / 10.5) * (right - left);
	const dots = figure.shapes("values", "circle").map((dot) => numbers(dot, "cx").cx);
	expect(dots.slice(0, 3)).toEqual([1.5, -0.4, 0.2].map((pull) => expect.closeTo(x(pull), 1)));
	const [bar] = figure.shapes("uncertainties", "line").map((line) => numbers(line, "x1", "x2"));
	expect(bar).toEqual({ x1: expect.closeTo(x(0.6), 1), x2: expect.closeTo(x(2.4), 1) });
	const band = numbers(figure.shapes("±1σ", "rect")[0]!, "x", "width");
	expect(band).toEqual({ x: expect.closeTo(x(-1), 1), width: expect.closeTo(x(1) - x(-1), 1) });
});

test("a parameter at a bound is a triangle that points to it", () => {
	const figure = new Figure(renderPulls(fit, parameterSets));
	const [triangle] = figure.shapes("at the lower bound", "path");
	expect(triangle!.getAttribute("transform")).toMatch(/rotate\(-90\)/);
	expect(figure.marks("at the upper bound")).toEqual([]);
	expect(figure.texts).toContain("at a bound");
});

test("smaller pulls than asked for are counted", () => {
	const { texts } = new Figure(renderPulls(fit, parameterSets, { most: 2 }));
	expect(texts).toContain("and 2 more, none pulled by more than 0.400σ");
	expect(texts).not.toContain("alpha");
});

test("a fit of free parameters only has no pulls", () => {
	const free = fitOf([{ name: "mu", constraint: "none", values: [1.5], errors: [0.25] }]);
	const figure = new Figure(renderPulls(free.fit, free.parameterSets));
	expect(figure.frames).toHaveLength(1);
	expect(figure.texts).not.toContain("±1σ");
});

test.each([
	[
		() => renderPulls(fit, parameterSets.slice(1)),
		"parameters-differ",
		"parameterSets: the fit has 6 parameters, these sets have 5",
	],
	[
		() => {
			const held = fitOf([{ name: "mu", constraint: "none", values: [1], errors: [0], fixed: [true] }]);
			return renderPulls(held.fit, held.parameterSets);
		},
		"no-parameters",
		"fit: every parameter of this fit was fixed: there is nothing to draw",
	],
])("what cannot be drawn is refused (%#)", (render, code, message) => {
	expect(render).toThrow(expect.objectContaining({ name: "OptionError", code, message }));
});
