import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../pyhf_bench.py", import.meta.url));

/** pyhf as most people run it: numpy and SciPy's SLSQP. */
export const pyhf = {
	name: "pyhf",
	command: command("scipy"),
	install: "pyhf",
	notes: { fit: "SLSQP has no covariance: the fit alone" },
};

/** pyhf with the minimiser that it offers for a covariance: numpy and Minuit's MIGRAD and HESSE. */
export const pyhfMinuit = {
	name: "pyhf + Minuit",
	command: command("minuit"),
	install: "pyhf[minuit]",
	optional: true,
	tasks: ["fit"],
};

/** Only where a Python is named. */
function command(optimizer) {
	return ({ python }) => (python === undefined ? undefined : [python, [script, optimizer]]);
}
