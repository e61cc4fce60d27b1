import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root } from "../setup/command.mjs";
import { buildsStandardLibrary, extraCargoArguments } from "../setup/rust.mjs";
import { runQuietly, step } from "../setup/step.mjs";
import { Product } from "./upToDate.mjs";

/** A crate as a WebAssembly module, with the JavaScript that wasm-bindgen writes for it, where the TypeScript imports it. */
class Core {
	#title;
	#crate;
	#generated;
	#file;
	#product;

	/** `title`: what the user is told; `crate`: a folder of crates/; `generated`: what it writes, the module as `file`. */
	constructor(title, { crate, generated, file }) {
		this.#title = title;
		this.#crate = crate;
		this.#generated = generated;
		this.#file = file;
		this.#product = new Product(title.replaceAll(" ", "-"), {
			inputs: [
				"Cargo.toml",
				"Cargo.lock",
				".cargo/config.toml",
				...cratesOf(crate).flatMap((name) => [`crates/${name}/Cargo.toml`, `crates/${name}/src`]),
				"scripts/build/core.mjs",
			],
			outputs: [generated],
			settings: extraCargoArguments,
		});
	}

	isUpToDate() {
		return this.#product.isUpToDate();
	}

	/** Builds it where it is not up to date. */
	async build() {
		await this.#product.make(() =>
			step(`build: the ${this.#title}, Rust to WebAssembly`, async () => {
				const name = `histfactory_${this.#crate.replaceAll("-", "_")}`;
				const folder = join(root, ".build", this.#crate);
				await compile(this.#crate, folder, name);
				await writeGenerated(folder, name, this.#generated, this.#file);
			}),
		);
	}
}

/** The library's core, and that of toy studies, which only those load who make some. */
export const cores = [
	new Core("core", { crate: "wasm", generated: "ts/core/generated", file: "histfactory.wasm" }),
	new Core("toys core", { crate: "toys-wasm", generated: "ts/toys/generated", file: "histfactory-toys.wasm" }),
];

/** A crate and those of this repository that it is made of, which its manifest names by path. */
function cratesOf(crate, found = new Set()) {
	if (found.has(crate)) return [];
	found.add(crate);
	const manifest = readFileSync(join(root, "crates", crate, "Cargo.toml"), "utf8");
	const paths = [...manifest.matchAll(/\bpath = "\.\.\/([^"/]+)"/g)].map(([, name]) => name);
	return [crate, ...paths.flatMap((name) => cratesOf(name, found))];
}

async function compile(crate, wasmFolder, name) {
	const wasmPack = ["build", join(root, "crates", crate), "--release", "--target", "web"];
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
 * Writes what the TypeScript imports: the module as bytes and deflated in base64, which in a page's compressed traffic
 * is as small as the bytes, and wasm-bindgen's glue as a function that makes a new set of bindings at each call. As
 * generated, the glue is one set for the whole program, bound to its first instance for good; the core has to start
 * afresh after a trap (`ts/core/coreLoader.ts`).
 */
async function writeGenerated(wasmFolder, name, generated, file) {
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
	writeFileSync(join(folder, file), bytes);
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
