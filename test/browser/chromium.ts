import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { test } from "vitest";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const executablePath = process.env.HISTFACTORY_CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));

const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const UPDATES = ["--disable-component-update", "--disable-sync"];

/** A page to be served: the scripts that it loads, in order, and its content security policy, if any. */
export interface ServedPage {
	readonly scripts: Readonly<Record<string, string>>;
	readonly policy?: string;
	/** Whether it comes by https and has what engines give to secure pages only. */
	readonly secure?: boolean;
}

/** A test in a real browser; where there is none, it is skipped under a name that says so. */
export function browserTest(name: string, body: (open: (served: ServedPage) => Promise<Page>) => Promise<void>): void {
	if (executablePath === undefined) {
		test.skip(`${name} (skipped: no Chromium; HISTFACTORY_CHROMIUM may name one)`, () => {});
		return;
	}
	test(name, async () => {
		const profile = mkdtempSync(join(tmpdir(), "histfactory-chromium-"));
		const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
		const context = await chromium.launchPersistentContext(profile, {
			executablePath,
			args: [...sandbox, ...QUIET, ...UPDATES],
		});
		try {
			await body(async (served) => {
				const page = await context.newPage();
				await serve(page, served);
				return page;
			});
		} finally {
			await context.close();
			rmSync(profile, { recursive: true, force: true });
		}
	});
}

/** Every request of the page is answered here; no network and no server is involved. */
async function serve(page: Page, { scripts, policy, secure = false }: ServedPage): Promise<void> {
	const tags = Object.keys(scripts).map((path) => `<script type="module" src="${path}"></script>`);
	await page.route("**/*", async (route) => {
		const path = new URL(route.request().url()).pathname;
		if (path === "/") {
			await route.fulfill({
				contentType: "text/html",
				headers: policy === undefined ? {} : { "Content-Security-Policy": policy },
				body: `<!doctype html><meta charset="utf-8"><title>histfactory</title>${tags.join("")}`,
			});
		} else if (scripts[path] !== undefined) {
			await route.fulfill({ contentType: "text/javascript", body: scripts[path] });
		} else {
			await route.fulfill({ status: 404, body: "" });
		}
	});
	await page.goto(`${secure ? "https" : "http"}://histfactory.test/`, { waitUntil: "load" });
}
