import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeBase64, inflate, inflateAnywhere } from "../../ts/core/inflate.js";

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 256);
const deflated = deflateRawSync(bytes, { level: 9 });
const base64 = deflated.toString("base64");

test("what was deflated comes out, with Node's means and in any engine", () => {
	expect(inflate(base64, bytes.length)).toEqual(bytes);
	expect(inflateAnywhere(decodeBase64(base64), bytes.length)).toEqual(bytes);
	expect(decodeBase64(base64)).toEqual(Uint8Array.from(deflated));
});
