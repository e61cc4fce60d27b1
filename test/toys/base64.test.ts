import { describe, expect, test } from "vitest";
import {
	decodeBytes,
	decodeBytesAnywhere,
	decodeDoubles,
	decodeWords,
	encodeBytes,
	encodeBytesAnywhere,
	encodeDoubles,
	encodeWords,
} from "../../ts/toys/files/base64.js";

describe("arrays in base64", () => {
	test("come back with the same bits", () => {
		const doubles = Float64Array.of(0, -0, 1 / 3, -1e-320, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN);
		expect(decodeDoubles(encodeDoubles(doubles))).toEqual(doubles);
		const words = Uint32Array.of(0, 1, 0x80000000, 0xffffffff);
		expect(decodeWords(encodeWords(words))).toEqual(words);
		for (const length of [0, 1, 2, 3, 256]) {
			const bytes = Uint8Array.from({ length }, (_, i) => 255 - i);
			expect(decodeBytes(encodeBytes(bytes))).toEqual(bytes);
		}
	});

	test("have the lowest byte first, and one NaN", () => {
		expect(encodeDoubles(Float64Array.of(1))).toBe(Buffer.from("000000000000f03f", "hex").toString("base64"));
		expect(encodeWords(Uint32Array.of(0x01020304))).toBe(Buffer.from("04030201", "hex").toString("base64"));
		const odd = new Float64Array(Uint8Array.of(1, 2, 3, 4, 5, 6, 0xff, 0xff).buffer);
		expect(encodeDoubles(odd)).toBe(Buffer.from("000000000000f87f", "hex").toString("base64"));
	});

	test("are the same without Node's Buffer", () => {
		const bytes = Uint8Array.from({ length: 3 * 4096 + 10_001 }, (_, i) => (i * 167) % 256);
		const base64 = encodeBytes(bytes);
		expect(encodeBytesAnywhere(bytes)).toBe(base64);
		expect(decodeBytesAnywhere(base64)).toEqual(bytes);
	});

	test.each(["?", "A", "AAA", "AAAAAAA%", "AAAA\n", "AAAA===="])("%j is none", (text) => {
		expect(decodeBytes(text)).toBeUndefined();
		expect(decodeBytesAnywhere("AAA%")).toBeUndefined();
	});

	test("half a number is none", () => {
		expect(decodeDoubles(encodeBytes(new Uint8Array(12)))).toBeUndefined();
		expect(decodeWords(encodeBytes(new Uint8Array(6)))).toBeUndefined();
	});
});
