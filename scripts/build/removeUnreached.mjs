import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Removes the declarations below a folder that none of its entries leads to; they may name packages that users lack. */
export function removeUnreached(folder, entries) {
	const reached = new Set();
	const waiting = entries.map((entry) => join(folder, entry));
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (reached.has(file)) continue;
		reached.add(file);
		waiting.push(...importsOf(file));
	}
	for (const file of readdirSync(folder, { recursive: true })) {
		const path = join(folder, file);
		if (path.endsWith(".d.ts") && !reached.has(path)) rmSync(path);
	}
}

/** The declarations that a file takes others from, with `from "…"` or `import("…")`. */
function importsOf(file) {
	const modules = readFileSync(file, "utf8").matchAll(/\b(?:from |import\()"(\.[^"]*)\.js"/g);
	return [...modules].map(([, module]) => join(dirname(file), `${module}.d.ts`));
}
