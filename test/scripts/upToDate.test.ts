import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Product } from "../../scripts/build/upToDate.mjs";

describe("a product is made again", () => {
	let root: string;
	let made: number;

	const file = (path: string) => join(root, path);
	const product = (settings: string[] = []) =>
		new Product("copy", { inputs: ["in", "single"], outputs: ["out"], settings }, root);
	const make = (settings?: string[]) =>
		product(settings).make(async () => {
			made++;
			mkdirSync(file("out"), { recursive: true });
			writeFileSync(file("out/a"), readFileSync(file("in/a")));
		});

	beforeEach(async () => {
		root = mkdtempSync(join(tmpdir(), "histfactory-product-"));
		made = 0;
		mkdirSync(file("in/deep"), { recursive: true });
		for (const path of ["in/a", "in/deep/b", "single"]) writeFileSync(file(path), path);
		await make();
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	test("not where nothing changed, also when times did", async () => {
		writeFileSync(file("in/a"), "in/a");
		expect(product().isUpToDate()).toBe(true);
		await make();
		expect(made).toBe(1);
	});

	test.each([
		["an input changed", () => writeFileSync(file("in/deep/b"), "other")],
		["an input came", () => writeFileSync(file("in/deep/c"), "")],
		["an input went", () => rmSync(file("in/deep/b"))],
		[
			"an input was renamed",
			() => {
				rmSync(file("in/deep/b"));
				writeFileSync(file("in/deep/c"), "in/deep/b");
			},
		],
		["an output changed", () => writeFileSync(file("out/a"), "other")],
		["an output went", () => rmSync(file("out/a"))],
		["all outputs went", () => rmSync(file("out"), { recursive: true })],
	])("where %s", async (_name, change) => {
		change();
		expect(product().isUpToDate()).toBe(false);
		await make();
		expect([made, product().isUpToDate()]).toEqual([2, true]);
	});

	test("where the settings changed", async () => {
		await make(["--debug"]);
		expect(made).toBe(2);
	});

	test("not for its own output in a folder of inputs", async () => {
		const inside = new Product("inside", { inputs: ["in"], outputs: ["in/made"] }, root);
		await inside.make(async () => writeFileSync(file("in/made"), "made"));
		expect(inside.isUpToDate()).toBe(true);
		writeFileSync(file("in/made"), "other");
		expect(inside.isUpToDate()).toBe(false);
	});

	test("where the work failed", async () => {
		writeFileSync(file("single"), "other");
		await expect(product().make(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
		expect(product().isUpToDate()).toBe(false);
	});
});
