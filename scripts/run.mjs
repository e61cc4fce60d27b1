// node scripts/run.mjs <task> [arguments]: runs scripts/<task>.mjs once Node is known to be new enough.
//
// A task is a module whose default export takes the arguments. This file imports nothing by name and
// keeps to old syntax, so that an old Node says what is wrong instead of failing to read it.
import * as fs from "node:fs";

const packageJson = JSON.parse(fs.readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const wanted = packageJson.engines.node.replace(">=", "");
const [wantedMajor, wantedMinor] = wanted.split(".").map(Number);
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
	console.error(
		`histfactory needs Node ${wanted} or newer and this is ${process.versions.node}: get it from https://nodejs.org, or with a version manager (nvm install 22).`,
	);
	process.exitCode = 1;
} else {
	const [task, ...taskArguments] = process.argv.slice(2);
	import(`./${task}.mjs`)
		.then((module) => module.default(taskArguments))
		.catch((error) => {
			// A Failure is something the user can mend: one line. Anything else is ours: the whole stack.
			console.error(error.name === "Failure" ? error.message : error);
			process.exitCode = 1;
		});
}
