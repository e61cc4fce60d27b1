import { expect, test } from "vitest";
import { decodeHex, decodeInLoop } from "../../ts/core/decodeHex.js";

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const digits = Array.from(everyByte, (byte) => byte.toString(16).padStart(2, "0")).join("");

test("every byte comes out, with Node's decoder and in a loop", () => {
	expect(Uint8Array.from(decodeHex(digits))).toEqual(everyByte);
	expect(decodeInLoop(digits)).toEqual(everyByte);
	expect(decodeInLoop("")).toEqual(new Uint8Array());
});
