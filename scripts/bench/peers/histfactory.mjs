import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../histfactoryBench.mjs", import.meta.url));
const cli = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

/** This library, in WebAssembly, from the built package. */
export const histfactory = {
	name: "histfactory",
	tasks: ["load", "fit", "hypotest", "limits", "point", "toys", "toys-all-cores", "command"],
	command: () => [process.execPath, [script]],
	program: (_, workspace) => ({ command: [process.execPath, [cli, "cls", workspace]], read: readCls }),
	starts: 5,
};

/** From JSON with pyhf's keys. */
export function readCls(output) {
	const { CLs_obs: cls, CLs_exp: expected } = JSON.parse(output);
	return { cls, expected };
}
