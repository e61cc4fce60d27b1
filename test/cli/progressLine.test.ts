import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ProgressLine } from "../../ts/cli/toys/progressLine.js";

/** What a line writes at given times (in seconds) for toys made at a steady rate. */
function written({ isTTY, quiet = false }: { isTTY: boolean; quiet?: boolean }, times: readonly number[], last = 100) {
	let text = "";
	const stream = Object.assign(
		new Writable({
			decodeStrings: false,
			write: (chunk, _, done) => {
				text += chunk;
				done();
			},
		}),
		{ isTTY, columns: 100 },
	);
	let seconds = 0;
	const line = new ProgressLine({ stream, quiet, now: () => 1000 * seconds });
	for (const time of times) {
		seconds = time;
		const done = Math.round((10_000 * time) / last);
		line.update({ done, total: 10_000, failed: time > 20 ? 2 : 0, perSecond: 10_000 / last, secondsLeft: last - time });
	}
	line.note("a word");
	line.stop();
	return text;
}

describe("the progress of toys", () => {
	test("is a plain line every ten seconds where there is no terminal", () => {
		const times = Array.from({ length: 250 }, (_, i) => i / 10);
		expect(written({ isTTY: false }, times)).toBe(
			[
				"histfactory: toys: 10 %, 1000 of 10000, 100/s, 90 s left",
				"histfactory: toys: 20 %, 2000 of 10000, 100/s, 80 s left",
				"histfactory: note: a word",
				"",
			].join("\n"),
		);
	});

	test("tells of failed toys and of hours", () => {
		expect(written({ isTTY: false }, [3000], 20_000)).toContain(
			"toys: 15 %, 1500 of 10000, 0.50/s, 2 failed, 4 h 44 min left\n",
		);
	});

	test("is a line drawn over again on a terminal, and cleared at the end", () => {
		const text = written({ isTTY: true }, [0.1, 0.2, 40]);
		expect(text).toContain("toys ████████░░░░░░░░░░░░ 40 %, 4000 of 10000, 100/s, 2 failed, 60 s left");
		expect(text.endsWith("\x1b[2Khistfactory: note: a word\n")).toBe(true);
		expect(text).not.toContain("\n\n");
	});

	test("is not drawn for what takes no time", () => {
		expect(written({ isTTY: true }, [0, 0.1, 0.2])).toBe("histfactory: note: a word\n");
	});

	test("is not there when told to be quiet", () => {
		for (const isTTY of [true, false]) expect(written({ isTTY, quiet: true }, [1, 20, 40])).toBe("");
	});
});
