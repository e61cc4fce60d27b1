import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	interface ProvidedContext {
		/** An empty folder with the packed package installed into it and `consumer/` copied beside it. */
		readonly consumer: string;
		/** The paths in the tarball. */
		readonly packed: readonly string[];
	}
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds, packs and installs the package as a user gets it, for the tests of this folder and of `test/browser`.
 * No registry is asked: the dependencies are packed from node_modules, in the versions of the lock file.
 */
export default function install(project: TestProject): () => void {
	const folder = mkdtempSync(join(tmpdir(), "histfactory-package-"));
	execFileSync(process.execPath, ["scripts/run.mjs", "build"], { cwd: root, stdio: "inherit" });

	const own = pack(root, folder);
	const dependencies = [...dependenciesOf(root)].map((path) => pack(path, folder));
	writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
	npm(["install", "--offline", "--ignore-scripts", ...[own, ...dependencies].map(({ filename }) => filename)], folder);
	cpSync(join(root, "test/package/consumer"), join(folder, "consumer"), { recursive: true });
	writeFileSync(join(folder, "consumer/published.js"), publishedLikelihood());

	project.provide("consumer", folder);
	project.provide(
		"packed",
		own.files.map(({ path }) => path),
	);
	return () => rmSync(folder, { recursive: true, force: true });
}

/** The published likelihood among the fixtures with its signal, as a module. */
function publishedLikelihood(): string {
	const fixture = join(root, "test/fixtures/sbottom-region-a");
	const document = readFileSync(join(fixture, "BkgOnly.json"), "utf8");
	const patch = readFileSync(join(fixture, "patch.sbottom_1300_205_60.json"), "utf8");
	return `export const published = { document: ${document}, patches: [${patch}] };\n`;
}

interface Packed {
	readonly filename: string;
	readonly files: readonly { readonly path: string }[];
}

function pack(path: string, into: string): Packed {
	const report = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", into], path);
	const [packed] = Object.values(JSON.parse(report) as Record<string, Packed>);
	if (packed === undefined) throw new Error(`npm pack packed nothing in ${path}`);
	return packed;
}

/** The folders of what a package needs at run time, and of what that needs. */
function dependenciesOf(path: string, found = new Set<string>()): Set<string> {
	const { dependencies = {} } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
	for (const name of Object.keys(dependencies)) {
		const dependency = join(root, "node_modules", name);
		if (found.has(dependency)) continue;
		found.add(dependency);
		dependenciesOf(dependency, found);
	}
	return found;
}

function npm(npmArguments: readonly string[], cwd: string): string {
	const stdio: ("ignore" | "pipe" | "inherit")[] = ["ignore", "pipe", "inherit"];
	const options = { cwd, stdio, encoding: "utf8" as const, env: { ...process.env, npm_config_loglevel: "error" } };
	return execFileSync("npm", npmArguments, options);
}
