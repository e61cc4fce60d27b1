import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/command.mjs";
import { heading, table, timed } from "./print.mjs";

const FOLDER = "test/fixtures/sbottom-region-a";

/** The published likelihood again, by toys. */
export async function toyStudy(gallery) {
	const { analyse, draw, estimated } = await import("../../examples/toys/toys.mjs");
	heading("Can the asymptotic formulae be trusted there? Six bins with few events, by toys", "examples/toys");
	const text = (file) => readFile(join(root, FOLDER, file), "utf8");
	const [backgroundOnly, signalPatch] = [await text("BkgOnly.json"), await text("patch.sbottom_1300_205_60.json")];
	const [answer, time] = await timed(() => analyse(backgroundOnly, signalPatch));
	for (const [plot, svg] of Object.entries(draw(answer))) await gallery.addPlot(`published-${plot}`, svg);
	const { asymptotic, toys } = answer;
	const limitRow = (title, i) => {
		const [value, error] =
			i === undefined
				? [toys.limit.observed, toys.limit.observedError]
				: [toys.limit.expected[i], toys.limit.expectedError[i]];
		const formula = i === undefined ? asymptotic.limit.observed : asymptotic.limit.expected[i];
		return [title, formula.toFixed(3), estimated(value, error)];
	};
	await table(
		["region A", "asymptotic", "toys"],
		[
			["CLs of the predicted signal", asymptotic.test.cls.toFixed(3), estimated(toys.test.cls, toys.test.clsError)],
			limitRow("95 % CL upper limit"),
			limitRow("expected without signal", 2),
		],
	);
	const made = toys.limit.toys + toys.test.tested.toys + toys.test.alternative.toys;
	console.log(`  Look at ${gallery.path("published-toys")}: the test statistic with and without signal, and where the data lie.

  ${made} toys, auxiliary data fluctuated, two fits each: ${time}.`);
}
