import { expect, test } from "vitest";
import { fit } from "../../ts/inference/fit.js";
import { testStatistic } from "../../ts/inference/testStatistic.js";
import { initToys, statisticOf, toysModule } from "../../ts/toys/toyCore.js";
import { smallJob, smallWorkspace } from "../pool/smallJob.js";

const { model, ensembles } = smallJob();
const [ensemble] = ensembles as [(typeof ensembles)[0]];
const compiled = smallWorkspace.model();
const data = Float64Array.from(smallWorkspace.data(compiled));

test("the statistic of the data is that of the library's own test", () => {
	const { statistic, status } = statisticOf(model, ensemble, data);
	expect(status).toBe(0);
	expect(statistic).toBeCloseTo(testStatistic("qtilde", 1, data, compiled).value, 9);
	expect(statistic).toBeCloseTo(3.938, 3);
});

test("the deviance of the data is −2 ln of the likelihood ratio to the saturated model", () => {
	const { statistic } = statisticOf(model, { ...ensemble, statistic: { kind: "deviance" } }, data);
	// Poisson terms at their best conceivable rate: 2 (λ − n − n ln(λ/n)) summed over main and auxiliary counts at the fit.
	const rates = compiled.expectedData(fit(data, compiled).parameters);
	const terms = Array.from(data, (n, i) => 2 * (rates[i]! - n - n * Math.log(rates[i]! / n)));
	expect(statistic).toBeCloseTo(
		terms.reduce((sum, term) => sum + term, 0),
		9,
	);
});

test("the core is loaded once, whether it is asked for at once or in the background", async () => {
	await initToys();
	const module = await toysModule();
	await initToys();
	expect(await toysModule()).toBe(module);
	expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toContain("coreensemble_run");
});
