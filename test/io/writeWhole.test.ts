import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeWhole } from "../../ts/io/writeWhole.js";

const folder = mkdtempSync(join(tmpdir(), "histfactory-write-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a file that a killed process of the same number left does not stop the next", async () => {
	const target = join(folder, "shard.json");
	writeFileSync(`${target}.${process.pid}.tmp`, "half of a sh");
	for (const content of ["first", "second"]) {
		await writeWhole(target, content);
		expect(readFileSync(target, "utf8")).toBe(content);
	}
	expect(readdirSync(folder).sort()).toEqual(["shard.json", `shard.json.${process.pid}.tmp`]);
});
