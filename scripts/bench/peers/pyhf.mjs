import { fileURLToPath } from "node:url";
import { readCls } from "./histfactory.mjs";
import { python } from "./python.mjs";

const script = fileURLToPath(new URL("../python/pyhf_bench.py", import.meta.url));

/** What pip's command `pyhf` does. */
const COMMAND = ["-c", "from pyhf.cli import cli; cli()", "cls"];

const withoutCovariance = "SLSQP has no covariance: the fit alone";
const fewToys = "the time of a thousandth of the toys, scaled up; NumPy below 2.4 needed";

/** pyhf as most people run it: NumPy and SciPy's SLSQP. */
export const pyhf = {
	name: "pyhf",
	tasks: ["load", "fit", "hypotest", "limits", "point", "toys", "command"],
	toyShare: 0.001,
	command: python(script, "numpy", "scipy"),
	program: (options, workspace) => ({ command: python(...COMMAND, workspace)(options), read: readCls }),
	install: "pyhf",
	notes: { fit: withoutCovariance, toys: fewToys },
};

/** pyhf with the minimiser that it offers for a covariance: NumPy and Minuit's MIGRAD and HESSE. */
export const pyhfMinuit = {
	name: "pyhf+minuit",
	tasks: ["fit"],
	command: python(script, "numpy", "minuit"),
	install: "pyhf[minuit]",
};

/** pyhf with gradients from JAX, compiled at the first call, and SciPy's SLSQP. */
export const pyhfJax = {
	name: "pyhf+jax",
	tasks: ["fit", "hypotest", "limits", "toys"],
	toyShare: 0.001,
	command: python(script, "jax", "scipy"),
	install: "pyhf[jax]",
	compiles: true,
	notes: { fit: withoutCovariance, toys: fewToys },
};
