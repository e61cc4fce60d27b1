import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A hung test is ended after ten minutes; nothing else is measured against the clock. */
const watchdog = { testTimeout: 600_000, hookTimeout: 600_000 };

export default defineConfig({
	test: {
		projects: [
			{
				// The sources. Examples import `histfactory` as a user does.
				resolve: {
					alias: [
						{ find: /^histfactory$/, replacement: here("ts/index.ts") },
						{ find: /^histfactory\/plot$/, replacement: here("ts/plot/index.ts") },
						{ find: /^histfactory\/report$/, replacement: here("ts/report/index.ts") },
						{ find: /^histfactory\/toys$/, replacement: here("ts/toys/index.ts") },
					],
				},
				test: {
					name: "sources",
					include: ["test/**/*.test.ts"],
					exclude: ["test/package/**", "test/browser/**"],
					...watchdog,
				},
			},
			{
				// The packed package, installed into an empty folder, in Node, in bundlers and in a browser.
				test: {
					name: "package",
					include: ["test/package/**/*.test.ts", "test/browser/**/*.test.ts"],
					globalSetup: ["test/package/install.ts"],
					...watchdog,
				},
			},
		],
	},
});
