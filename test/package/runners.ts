import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build, type Format, type Platform } from "esbuild";
import { build as buildWithVite } from "vite";

/** What a consumer's program prints, by name; of the probe, hexadecimal numbers. */
export type ProbeResult = Readonly<Record<string, string>>;

/** Runs a program that prints its result, in the consumer's folder. */
export function runInNode(consumer: string, file: string): ProbeResult {
	return JSON.parse(execFileSync(process.execPath, [file], { cwd: consumer, encoding: "utf8" }));
}

export interface BundleOptions {
	readonly platform: Platform;
	readonly format: Format;
	readonly outfile: string;
	readonly entry?: string;
}

/** `consumer/main.js` and all that it imports as one minified file; returns its path. */
export async function bundleWithEsbuild(
	consumer: string,
	{ platform, format, outfile, entry = "consumer/main.js" }: BundleOptions,
): Promise<string> {
	await build({
		absWorkingDir: consumer,
		entryPoints: [entry],
		outfile,
		bundle: true,
		minify: true,
		platform,
		format,
		target: "es2022",
		logLevel: "warning",
	});
	return join(consumer, outfile);
}

/** A program and all that it imports, by Vite's library mode in a folder of its own; returns the file for `runInNode`. */
export async function bundleWithVite(consumer: string, entry: string, outDir: string): Promise<string> {
	const lib = { entry: join(consumer, entry), formats: ["es" as const], fileName: () => "bundle.mjs" };
	await buildWithVite({ root: consumer, logLevel: "warn", build: { outDir, lib } });
	return `${outDir}/bundle.mjs`;
}
