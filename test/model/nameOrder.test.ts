import { expect, test } from "vitest";
import { byName, compareNames } from "../../ts/model/nameOrder.js";

test("shorter first, then by code point", () => {
	const names = ["b", "", "ab", "a", "\u{1F600}", "\uFF21", "é", "Z", "_", "a\u{1F600}", "a\uE000", "\uD7FF"];
	// Python: sorted(names)
	expect([...names].sort(compareNames)).toEqual([
		...["", "Z", "_", "a", "ab", "a\uE000", "a\u{1F600}", "b", "é", "\uD7FF", "\uFF21", "\u{1F600}"],
	]);
});

test("equal names are equal", () => {
	expect(compareNames("\u{1F600}x", "\u{1F600}x")).toBe(0);
});

test("byName leaves its input alone", () => {
	const items = [{ name: "b" }, { name: "a" }];
	expect(byName(items)).toEqual([{ name: "a" }, { name: "b" }]);
	expect(items).toEqual([{ name: "b" }, { name: "a" }]);
});
