import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./command.mjs";
import { runQuietly, step } from "./step.mjs";

/** Installs what package-lock.json names, unless it is there already. */
export async function npmPackages() {
	if (installed()) return;
	await step("set-up: npm packages", () =>
		runQuietly(npm("ci", "--loglevel", "error"), {
			failure: "npm could not install the packages; what it said stands above.",
			unreachable:
				"npm could not reach its package registry: check the network (or `npm config get registry` and `proxy`) and run this again.",
		}),
	);
}

/** npm as a command: the very npm that runs this script, where there is one. */
export function npm(...npmArguments) {
	const cli = process.env.npm_execpath;
	return cli?.endsWith("npm-cli.js") ? [process.execPath, [cli, ...npmArguments]] : ["npm", npmArguments];
}

/**
 * Whether node_modules holds the versions of package-lock.json. npm notes what it installed in a hidden lock file, in
 * the same form; packages for other platforms stand in the first only.
 */
function installed() {
	const note = join(root, "node_modules", ".package-lock.json");
	if (!existsSync(note)) return false;
	const wanted = packages(join(root, "package-lock.json"));
	const present = packages(note);
	const paths = new Set([...Object.keys(wanted), ...Object.keys(present)]);
	paths.delete("");
	return [...paths].every((path) => {
		if (present[path] === undefined) return wanted[path].optional === true;
		return wanted[path]?.version === present[path].version && existsSync(join(root, path));
	});
}

function packages(lockFile) {
	return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}
