import { expect, test } from "vitest";
import { workerSource } from "../../ts/pool/generated/workerSource.js";

test("the program of a worker is a small classic script in ASCII without the core's bytes", () => {
	expect(workerSource.length).toBeLessThan(20_000);
	expect(workerSource).toMatch(/^"use strict";\(\(\)=>\{[\x20-\x7e\s]*\}\)\(\);$/);
	expect(workerSource).not.toMatch(/\bimport\b|\bexport\b|[A-Za-z0-9+/]{200}/);
});
