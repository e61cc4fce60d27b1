import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root } from "../setup/command.mjs";
import { buildsStandardLibrary, extraCargoArguments } from "../setup/rust.mjs";
import { runQuietly, step } from "../setup/step.mjs";
import { Product } from "./upToDate.mjs";

const name = "histfactory_wasm";
const wasmFolder = join(root, ".build", "wasm");
const generated = "ts/core/generated";

/** The core as WebAssembly, with the JavaScript that wasm-bindgen writes for it, where the TypeScript imports it. */
export const core = new Product("core", {
	inputs: [
		"Cargo.toml",
		"Cargo.lock",
		".cargo/config.toml",
		...readdirSync(join(root, "crates")).flatMap((crate) => [`crates/${crate}/Cargo.toml`, `crates/${crate}/src`]),
		"scripts/build/core.mjs",
	],
	outputs: [generated],
	settings: extraCargoArguments,
});

/** Builds the core where it is not up to date. */
export async function buildCore() {
	await core.make(() =>
		step("build: the core, Rust to WebAssembly", async () => {
			await compile();
			await writeGenerated();
		}),
	);
}

async function compile() {
	const wasmPack = ["build", join(root, "crates", "wasm"), "--release", "--target", "web"];
	wasmPack.push("--mode", buildsStandardLibrary ? "force" : "no-install", "--no-pack");
	wasmPack.push("--out-dir", wasmFolder, "--out-name", name);
	// Places in the source are kept for messages of panics; without the folders of this machine they are the same,
	// and so is the module, wherever it is built.
	const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
	const remap = ["--remap-path-prefix", `${cargoHome}=/cargo`, "--remap-path-prefix", `${root}=/histfactory`];
	const config = `target.wasm32-unknown-unknown.rustflags=${JSON.stringify(remap)}`;
	await runQuietly(["wasm-pack", [...wasmPack, "--", "--config", config, ...extraCargoArguments]], {
		// Either would silently replace the flags of .cargo/config.toml, which turn SIMD on.
		env: { RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: undefined },
		failure: "The core could not be built; what the compiler said stands above.",
		unreachable:
			"cargo could not reach its registry for the core's dependencies: check the network and run this again.",
	});
	// It ignores everything, and npm would obey it.
	rmSync(join(wasmFolder, ".gitignore"), { force: true });
}

/**
 * Writes to ts/core/generated: the module as bytes and deflated in base64, which in a page's compressed traffic is as small
 * as the bytes, and wasm-bindgen's glue as a function that makes a new set of bindings at each call. As generated, the glue is
 * one set for the whole program, bound to its first instance for good; the core has to start afresh after a trap
 * (`ts/core/core.ts`).
 */
async function writeGenerated() {
	const { build } = await import("esbuild");
	const folder = join(root, generated);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });

	const bundled = await build({
		entryPoints: [join(wasmFolder, `${name}.js`)],
		bundle: true,
		write: false,
		format: "iife",
		globalName: "glue",
		target: "es2022",
		define: { FinalizationRegistry: "Registry", "import.meta.url": "undefined" },
	});
	const glue = bundled.outputFiles[0].text.replace(/^"use strict";\n/, "");
	writeFileSync(
		join(folder, "glue.js"),
		`/** New bindings, not yet bound to an instance; \`Registry\` stands for FinalizationRegistry in them. */
export function createGlue(Registry) {
${glue}
return glue;
}
`,
	);
	writeFileSync(
		join(folder, "glue.d.ts"),
		`export type Glue = typeof import("./${name}.js");
export declare function createGlue(Registry: typeof FinalizationRegistry): Glue;
`,
	);
	// The types use Symbol.dispose, which a user's project need not have among its libraries.
	const declarations = readFileSync(join(wasmFolder, `${name}.d.ts`), "utf8");
	writeFileSync(join(folder, `${name}.d.ts`), `/// <reference lib="esnext.disposable" />\n${declarations}`);

	const bytes = readFileSync(join(wasmFolder, `${name}_bg.wasm`));
	writeFileSync(join(folder, "histfactory.wasm"), bytes);
	// Zopfli's search takes two seconds and leaves a twentieth less than zlib's.
	const { default: zopfli } = await import("@gfx/zopfli");
	const deflated = Buffer.from(await zopfli.deflateAsync(bytes, { numiterations: 5 })).toString("base64");
	writeFileSync(
		join(folder, "moduleBytes.js"),
		`export const embeddedModule = {\n\tsize: ${bytes.length},\n\tbase64:\n\t\t"${deflated}",\n};\n`,
	);
	writeFileSync(
		join(folder, "moduleBytes.d.ts"),
		"/** The compiled core, deflated, and its size in bytes; `undefined` in `histfactory/slim`. */\nexport declare const embeddedModule: { readonly size: number; readonly base64: string } | undefined;\n",
	);
}
