import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/command.mjs";

/** A folder of the checkout that plots are written to, as SVG and, where the renderer is installed, as PNG. */
export class Gallery {
	#folder;
	#toPng;

	static async open(folder) {
		const renderer = await import("@resvg/resvg-js").catch(() => undefined);
		return new Gallery(folder, renderer && ((svg) => png(renderer.Resvg, svg)));
	}

	constructor(folder, toPng) {
		this.#folder = folder;
		this.#toPng = toPng;
	}

	/** What kinds of files there are, in words. */
	get kinds() {
		return this.#toPng ? "SVG, PNG, workspaces" : "SVG, workspaces; PNG needs the package @resvg/resvg-js";
	}

	/** A file of the folder by the name it is shown under, relative to the checkout; a plot with its best extension. */
	path(name) {
		const plot = !name.includes(".");
		return `${this.#folder}/${plot ? `${name}.${this.#toPng ? "png" : "svg"}` : name}`;
	}

	/** Writes a plot under a name without extension. */
	async addPlot(name, svg) {
		await this.#write(`${name}.svg`, svg);
		if (this.#toPng) await this.#write(`${name}.png`, this.#toPng(svg));
	}

	/** Writes a workspace for the command line. */
	async addWorkspace(name, { document }) {
		await this.#write(`${name}.json`, `${JSON.stringify(document)}\n`);
	}

	async #write(file, content) {
		await writeFile(join(root, this.#folder, file), content);
	}
}

function png(Resvg, svg) {
	const font = { fontFiles: [join(root, "fonts", "Arimo.ttf")], loadSystemFonts: false, defaultFontFamily: "Arimo" };
	return new Resvg(svg, { background: "white", fitTo: { mode: "zoom", value: 2 }, font }).render().asPng();
}
