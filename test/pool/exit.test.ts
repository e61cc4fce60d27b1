import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What a program prints that is written in TypeScript in this folder. */
async function outputOf(program: string): Promise<string> {
	const { outputFiles } = await build({
		stdin: { contents: program, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
		bundle: true,
		write: false,
		platform: "node",
		format: "esm",
		logLevel: "warning",
	});
	return execFileSync(process.execPath, ["--input-type=module"], { input: outputFiles[0]!.text, encoding: "utf8" });
}

test.each([0, 2])(
	"a run keeps Node alive to its end, a pool that nobody closed does not: %i workers",
	async (workers) => {
		const program = `
		import { ToyPool } from "../../ts/pool/toyPool.ts";
		import { smallJob } from "./smallJob.ts";

		const pool = new ToyPool(smallJob(), { workers: ${workers} });
		let toys = 0;
		const run = () => pool.run([{ ensemble: 0, first: 0, count: 500 }], { onPiece: ({ count }) => (toys += count) });
		run().then(run).then(() => console.log(toys));
	`;
		expect(await outputOf(program)).toBe("1000\n");
	},
);
