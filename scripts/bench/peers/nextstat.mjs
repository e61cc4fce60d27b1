import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { python } from "./python.mjs";

/** NextStat, through its Python interface; its command is the program that pip puts beside that Python. */
export const nextstat = {
	name: "nextstat",
	tasks: ["load", "fit", "hypotest", "limits", "point", "toys", "command"],
	toyShare: 0.01,
	command: python(fileURLToPath(new URL("../python/nextstat_bench.py", import.meta.url))),
	program: (options, workspace) => ({
		command: [besides(options.python), ["hypotest", "--input", workspace, "--mu", "1", "--expected-set"]],
		read(output) {
			const { cls, expected_set: expected } = JSON.parse(output);
			return { cls, expected: expected.cls };
		},
	}),
	install: "nextstat jsonpatch",
	notes: {
		hypotest: "without the expected set, which its Python interface has no call for",
		toys: "with fixed auxiliary data; the time of a hundredth of the toys, scaled up",
	},
};

function besides(interpreter) {
	return interpreter.includes("/") ? join(dirname(interpreter), "nextstat") : "nextstat";
}
