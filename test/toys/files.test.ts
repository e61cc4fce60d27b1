import { beforeAll, describe, expect, test } from "vitest";
import { readToyShard, writeToyShard } from "../../ts/toys/files/shardFile.js";
import { isToyStudy, readToyStudy, writeToyStudy } from "../../ts/toys/files/studyFile.js";
import { makeToys } from "../../ts/toys/makeToys.js";
import { emptyShard, mergeShards, shardDigest, type ToyShard } from "../../ts/toys/toyShard.js";
import { planToyTest, studyDigest, type ToyStudy } from "../../ts/toys/toyStudy.js";
import { VERSION } from "../../ts/version.js";
import { Workspace } from "../../ts/workspace.js";
import { TWO_BINS } from "../cli/workspaces.js";
import { refusal } from "../refusal.js";
import { random } from "../twin/random.js";

const workspace = Workspace.parse(JSON.stringify(TWO_BINS));
const model = workspace.model();
const data = workspace.data(model);

let study: ToyStudy;
let shard: ToyShard;
beforeAll(async () => {
	study = planToyTest(1, data, model, { toys: 60, seed: 3 });
	shard = await makeToys(study, { workers: 0 });
});

/** Code and message of what a call throws. */
function refused(call: () => unknown) {
	const [, code, message] = /^ToyFileError (\S+) \| (.*)$/s.exec(refusal(call)) ?? [];
	return { code, message };
}

/** A file's text with one of its members changed. */
function changed(text: string, change: (document: Record<string, never>) => unknown): string {
	const document = JSON.parse(text);
	const replaced = change(document);
	return JSON.stringify(replaced ?? document);
}

describe("a study in a file", () => {
	test("comes back the same, whatever its statistic, hypotheses and auxiliary data", () => {
		const plans = [
			study,
			planToyTest(0, data, model, { testStatistic: "q0", toys: 1 }),
			planToyTest(-0, data, model, { testStatistic: "q", auxiliary: "fixed", seed: 2 ** 53 - 1 }),
			planToyTest(1 / 3, data, model, { bounds: { mu: [-1e-300, 20] }, fixed: { "uncorr_bkguncrt[1]": 1.1 } }),
		];
		for (const plan of plans) expect(readToyStudy(writeToyStudy(plan))).toEqual(plan);
	});

	test("may hold what studies of other kinds have", () => {
		const [ensemble] = study.ensembles;
		const plan = {
			...study,
			kind: "goodness-of-fit" as const,
			ensembles: [
				{
					...ensemble!,
					points: [ensemble!.points[0]!, ensemble!.points[0]!.map((x) => x / 3)],
					statistic: { kind: "deviance" as const },
				},
			],
			toys: [7],
			testStatistic: "deviance" as const,
			poi: "",
		};
		const sealed = { ...plan, digest: studyDigest(plan) };
		expect(readToyStudy(writeToyStudy(sealed))).toEqual(sealed);
	});

	test("is frozen", () => {
		const read = readToyStudy(writeToyStudy(study));
		for (const part of [read, read.ensembles, read.ensembles[0]!, read.ensembles[0]!.fit, read.toys, read.model]) {
			expect(Object.isFrozen(part)).toBe(true);
		}
	});

	test("says what it is at its beginning", () => {
		const text = writeToyStudy(study);
		expect(text.startsWith(`{"format":"histfactory toy study","version":1,"software":"${VERSION}",`)).toBe(true);
		expect(text.endsWith("}\n")).toBe(true);
		expect([text, text.slice(0, 100), JSON.stringify(JSON.parse(text), null, 2)].map(isToyStudy)).toEqual([
			true,
			true,
			true,
		]);
		expect([JSON.stringify(TWO_BINS), writeToyShard(shard), ""].map(isToyStudy)).toEqual([false, false, false]);
	});

	test("that says the same in other layout is the same", () => {
		expect(readToyStudy(JSON.stringify(JSON.parse(writeToyStudy(study)), null, 4))).toEqual(study);
	});

	test.each([
		["", "not-a-study", "this is not a toy study: the text is empty; was the file read to its end?"],
		["[1]", "not-a-study", "this is not a toy study"],
		["null", "not-a-study", "this is not a toy study"],
		['{"format":"x"}', "not-a-study", "this is not a toy study"],
		[JSON.stringify(TWO_BINS), "not-a-study", "this is not a toy study; it is a workspace: plan a study of it first"],
	])("%.20s is none", (text, code, message) => {
		const { code: found, message: words } = refused(() => readToyStudy(text));
		expect([found, words]).toEqual([code, message]);
	});

	test("is not a shard", () => {
		expect(refused(() => readToyStudy(writeToyShard(shard))).message).toBe(
			"this is not a toy study; it is a shard of toys",
		);
	});

	test("of another version of format or software is refused", () => {
		const text = writeToyStudy(study);
		const format = refused(() => readToyStudy(text.replace('"version":1', '"version":2')));
		expect([format.code, format.message]).toEqual([
			"other-format",
			`this is written in version 2 of its format, and this is histfactory ${VERSION}, which reads version 1; use the version of histfactory that wrote it`,
		]);
		const software = refused(() => readToyStudy(text.replace(`"software":"${VERSION}"`, '"software":"0.0.9"')));
		expect([software.code, software.message]).toEqual([
			"other-version",
			`this was written by histfactory 0.0.9, and this is ${VERSION}, whose toys may be others; use one version from the plan to the result`,
		]);
	});

	test("cut short anywhere is damaged", () => {
		const text = writeToyStudy(study);
		for (const length of [40, 100, Math.floor(text.length / 2), text.length - 3]) {
			expect(refused(() => readToyStudy(text.slice(0, length))).code).toBe("damaged");
		}
	});

	test("changed anywhere is damaged", () => {
		const text = writeToyStudy(study);
		const changes: ((document: Record<string, never>) => unknown)[] = [
			(document) => ({ ...document, mu: 1.5 }),
			(document) => ({ ...document, toys: [60, 61] }),
			(document) => ({ ...document, toys: [60] }),
			(document) => ({ ...document, observed: "1" }),
			(document) => ({ ...document, extra: 1 }),
			(document) => ({ ...document, digest: "0".repeat(64) }),
			(document) => ({ ...document, seed: undefined }),
			(document) => ({ ...document, seed: 0.5 }),
			(document) => ({ ...document, ensembles: [document.ensembles] }),
			(document) => ({ ...document, model: { structure: "AAAA", numbers: "" } }),
			(document) => ({ ...document, model: { structure: "AAAAAA==", numbers: "%" } }),
		];
		for (const change of changes) expect(refused(() => readToyStudy(changed(text, change))).code).toBe("damaged");
		expect(refused(() => readToyStudy(changed(text, (document) => ({ ...document, mu: 1.5 })))).message).toBe(
			"this was a toy study and is damaged: its contents do not have its digest; copy or make it again",
		);
		expect(refused(() => readToyStudy(changed(text, (document) => ({ ...document, toys: "many" })))).message).toBe(
			"this was a toy study and is damaged: toys is not as it was written; copy or make it again",
		);
	});

	test("with the digest of what it says, and nonsense in it, is refused", () => {
		const nonsense: Partial<ToyStudy>[] = [
			{ toys: [60] },
			{ ensembles: study.ensembles.slice(1) },
			{ ensembles: study.ensembles.map((ensemble) => ({ ...ensemble, points: [] })) },
			{ ensembles: study.ensembles.map((ensemble) => ({ ...ensemble, points: [new Float64Array(2)] })) },
			{
				ensembles: study.ensembles.map((ensemble) => ({
					...ensemble,
					statistic: { kind: "q", poi: 99, mu: 0, conditional: new Float64Array(3) },
				})),
			},
		];
		for (const part of nonsense) {
			const forged = { ...study, ...part };
			const { code, message } = refused(() => readToyStudy(writeToyStudy({ ...forged, digest: studyDigest(forged) })));
			expect([code, message]).toEqual([
				"damaged",
				"this was a toy study and is damaged: its parts do not fit together; copy or make it again",
			]);
		}
	});
});

describe("a shard in a file", () => {
	test("comes back the same, failed toys, gaps and weights included", () => {
		const piece = {
			ensemble: 1,
			first: 10,
			count: 3,
			statistics: Float64Array.of(1 / 3, Number.NaN, 0),
			statuses: Uint8Array.of(0, 2, 0),
			lnWeights: Float64Array.of(-1, 0, 1e-300),
		};
		const gaps = { study: study.digest, pieces: [[], [piece, { ...piece, first: 20 }]] };
		for (const some of [shard, emptyShard(study), gaps]) expect(readToyShard(writeToyShard(some))).toEqual(some);
		expect(writeToyShard(shard)).not.toContain("lnWeights");
		expect(writeToyShard(gaps)).toContain("lnWeights");
	});

	test.each([
		["", "not-a-shard"],
		["{}", "not-a-shard"],
		[JSON.stringify(TWO_BINS), "not-a-shard"],
	])("%.20s is none", (text, code) => {
		expect(refused(() => readToyShard(text)).code).toBe(code);
	});

	test("is not a study", () => {
		expect(refused(() => readToyShard(writeToyStudy(study))).message).toBe(
			"this is not a shard of toys; it is a toy study",
		);
	});

	test("of another version of format or software is refused", () => {
		const text = writeToyShard(shard);
		expect(refused(() => readToyShard(text.replace('"version":1', '"version":"1"'))).code).toBe("other-format");
		expect(refused(() => readToyShard(text.replace(`"software":"${VERSION}"`, '"software":null'))).code).toBe(
			"other-version",
		);
	});

	test("changed or cut short anywhere is damaged", () => {
		const text = writeToyShard(shard);
		const start = text.indexOf('"study"');
		const { integer } = random(11);
		for (let round = 0; round < 100; round++) {
			const at = integer(start, text.length - 3);
			const other = text[at] === "A" ? "B" : "A";
			const { code } = refused(() => readToyShard(text.slice(0, at) + other + text.slice(at + 1)));
			expect({ at, code }).toEqual({ at, code: "damaged" });
			expect(refused(() => readToyShard(text.slice(0, at))).code).toBe("damaged");
		}
		const count = changed(text, (document) => ({
			...document,
			pieces: [[{ first: 0, count: 2 ** 50, statistics: "", statuses: "" }], []],
		}));
		expect(refused(() => readToyShard(count)).code).toBe("damaged");
	});

	test("of more toys than a text can hold is refused", () => {
		const [pieces] = shard.pieces;
		const many = { ...shard, pieces: [[{ ...pieces![0]!, count: 20_000_001 }], []] };
		expect(refused(() => writeToyShard(many))).toEqual({
			code: "too-many-toys",
			message: "a file holds at most 20000000 toys, and these are 20000001; divide the study into more shards",
		});
	});

	test("merges with others in any order and grouping to the digest of the whole", async () => {
		const { integer, shuffled } = random(5);
		for (let round = 0; round < 5; round++) {
			const texts: string[] = [];
			for (const ensemble of [0, 1]) {
				for (let first = 0; first < 60; ) {
					const count = Math.min(60 - first, integer(1, 25));
					texts.push(writeToyShard(await makeToys(study, { ranges: [{ ensemble, first, count }], workers: 0 })));
					first += count;
				}
			}
			let shards = shuffled(texts);
			while (shards.length > 1) {
				const group = integer(2, shards.length);
				const merged = mergeShards(shards.slice(0, group).map(readToyShard));
				shards = shuffled([writeToyShard(merged), ...shards.slice(group)]);
			}
			expect(shardDigest(readToyShard(shards[0]!))).toBe(shardDigest(shard));
		}
	});
});
