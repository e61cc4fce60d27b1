import { describe, expect, test } from "vitest";
import { jobFile, shardFile } from "../../ts/cli/toys/jobFiles.js";
import { refusal } from "../refusal.js";

describe("job files", () => {
	test("stand beside the study and say how they are handed in", () => {
		const written = (["htcondor", "slurm", "kubernetes"] as const).map((engine) => {
			const { path, submit } = jobFile(engine, { study: "folder/study.json", shards: 10 });
			return [path, submit];
		});
		expect(written).toEqual([
			["folder/study.htcondor", "condor_submit study.htcondor"],
			["folder/study.slurm", "sbatch study.slurm"],
			["folder/study.kubernetes.yaml", "kubectl create -f study.kubernetes.yaml"],
		]);
	});

	test("run every shard once, each from its engine's own number", () => {
		const text = (engine: "htcondor" | "slurm" | "kubernetes") =>
			jobFile(engine, { study: "study.json", shards: 10 })
				.text.split("\n")
				.filter((line) => !/^\s*#(?!SBATCH|!)/.test(line));
		expect(text("htcondor")).toEqual(
			expect.arrayContaining([
				"arguments = node histfactory.mjs toys run study.json --shard $(Process)/10 -o study.shard-$(Process)-of-10.json --workers 1",
				"transfer_output_files = study.shard-$(Process)-of-10.json",
				"queue 10",
			]),
		);
		expect(text("slurm")[0]).toBe("#!/bin/sh");
		expect(text("slurm")).toEqual(
			expect.arrayContaining([
				"#SBATCH --array=0-9",
				// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
				'exec node histfactory.mjs toys run study.json --shard "$SLURM_ARRAY_TASK_ID/10" --workers "${SLURM_CPUS_PER_TASK:-1}"',
			]),
		);
		expect(text("kubernetes")).toEqual(
			expect.arrayContaining([
				"  completionMode: Indexed",
				"  completions: 10",
				'          args: ["histfactory.mjs", "toys", "run", "study.json", "--shard", "$(JOB_COMPLETION_INDEX)/10", "--workers", "1"]',
			]),
		);
	});

	test("ask the engine to say when time is up, in time to keep what there is", () => {
		expect(jobFile("slurm", { study: "s.json", shards: 2 }).text).toContain("\n#SBATCH --signal=B:TERM@60\n");
		expect(jobFile("kubernetes", { study: "s.json", shards: 2 }).text).toContain("terminationGracePeriodSeconds: 60");
		expect(jobFile("htcondor", { study: "s.json", shards: 2 }).text).toContain(
			"when_to_transfer_output = ON_EXIT_OR_EVICT",
		);
	});

	test("give Kubernetes a name that it takes", () => {
		const name = (study: string) => /\n {2}name: (.*)\n/.exec(jobFile("kubernetes", { study, shards: 1 }).text)?.[1];
		expect(name("My_Study.v2.json")).toBe('"my-study-v2"');
		expect(name(`${"a".repeat(49)}-bc.json`)).toBe(`"${"a".repeat(49)}"`);
		expect(name("_.json")).toBe('"toys"');
	});

	test.each(["my study.json", "a,b.json", "$(x).json", "a'b.json", "-x.json", "study\n.json"])(
		"are refused for %j",
		(study) => {
			for (const engine of ["htcondor", "slurm", "kubernetes"] as const) {
				expect(refusal(() => jobFile(engine, { study: `folder/${study}`, shards: 3 }))).toBe(
					`OptionError unsafe-name | ${study}: job files need a name of letters, digits, dots, - and _; give the study another name with -o`,
				);
			}
		},
	);

	test("name shards after the study", () => {
		expect(shardFile("folder/study.json", 3, 100)).toBe("folder/study.shard-3-of-100.json");
		expect(shardFile("study", 0, 1)).toBe("study.shard-0-of-1.json");
	});
});
