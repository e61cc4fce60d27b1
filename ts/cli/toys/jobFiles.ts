import { basename, extname } from "node:path";
import { OptionError } from "../../errors.js";
import type { Engine } from "../toyOptions.js";

/** What an engine is to run. */
export interface ShardedStudy {
	/** Path of the study's file; the job file stands beside it. */
	readonly study: string;
	/** How many shards, of which each process makes one. */
	readonly shards: number;
}

/** A file for an engine, and what to do with it. */
export interface JobFile {
	readonly path: string;
	readonly text: string;
	/** The command that hands it in, to be called in its folder. */
	readonly submit: string;
}

/** What the command line is called beside a study: one file that runs with Node alone. */
export const PROGRAM = "histfactory.mjs";

/** The file into which shard `index` of `shards` goes where none is named: `study.shard-3-of-100.json`. */
export function shardFile(study: string, index: number | string, shards: number): string {
	return `${withoutExtension(study)}.shard-${index}-of-${shards}.json`;
}

/** The file into which the toys from `first` up to, and without, `end` go; all of them where neither is given. */
export function intervalFile(study: string, interval?: { readonly first: number; readonly end: number }): string {
	const toys = interval === undefined ? "all" : `toys-${interval.first}-${interval.end}`;
	return `${withoutExtension(study)}.shard-${toys}.json`;
}

/**
 * The file with which an engine runs every shard of a study, each as a process of its own that goes on where an earlier
 * one of the same shard was ended.
 *
 * @throws OptionError `unsafe-name` for a file name that the engines' formats would read as something else
 */
export function jobFile(engine: Engine, { study, shards }: ShardedStudy): JobFile {
	const name = basename(study);
	if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) {
		const advice = "give the study another name with -o";
		throw new OptionError("unsafe-name", `job files need a name of letters, digits, dots, - and _; ${advice}`, name);
	}
	const job = { name, stem: withoutExtension(name), shards };
	const beside = (extension: string) => `${withoutExtension(study)}${extension}`;
	const { extension, text, submit } = WRITERS[engine];
	return { path: beside(extension), text: text(job), submit: `${submit} ${basename(beside(extension))}` };
}

interface Job {
	/** Name of the study's file, and that without its extension. */
	readonly name: string;
	readonly stem: string;
	readonly shards: number;
}

interface Writer {
	readonly extension: string;
	readonly text: (job: Job) => string;
	readonly submit: string;
}

const WRITERS: Readonly<Record<Engine, Writer>> = {
	htcondor: { extension: ".htcondor", text: htcondor, submit: "condor_submit" },
	slurm: { extension: ".slurm", text: slurm, submit: "sbatch" },
	kubernetes: { extension: ".kubernetes.yaml", text: kubernetes, submit: "kubectl create -f" },
};

function htcondor({ name, stem, shards }: Job): string {
	const shard = shardFile(name, "$(Process)", shards);
	return `# The ${shards} shards of ${name}. In this folder: condor_submit ${stem}.htcondor
# When they are done: ${merge({ name, stem, shards })}
executable = /usr/bin/env
transfer_executable = false
# Where the nodes have Node 20.19 or newer:
environment = "PATH=/usr/local/bin:/usr/bin:/bin"
arguments = node ${PROGRAM} toys run ${name} --shard $(Process)/${shards} -o ${shard} --workers 1
should_transfer_files = YES
transfer_input_files = ${PROGRAM}, ${name}
transfer_output_files = ${shard}
# A shard that is evicted takes along what it has and goes on from there.
when_to_transfer_output = ON_EXIT_OR_EVICT
max_retries = 3
request_cpus = 1
request_memory = 512MB
request_disk = 100MB
log = ${stem}.log
output = ${stem}.shard-$(Process).out
error = ${stem}.shard-$(Process).err
queue ${shards}
`;
}

function slurm({ name, stem, shards }: Job): string {
	return `#!/bin/sh
# The ${shards} shards of ${name}. In this folder: sbatch ${stem}.slurm
# When they are done: ${merge({ name, stem, shards })}
# The nodes need Node 20.19 or newer on the PATH. A shard that was ended goes on where it was when this is submitted again.
#SBATCH --job-name=${stem}
#SBATCH --array=0-${shards - 1}
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=512M
#SBATCH --output=${stem}.shard-%a.log
#SBATCH --requeue
# A minute before its time is up, a shard is told to write what it has.
#SBATCH --signal=B:TERM@60
exec node ${PROGRAM} toys run ${name} --shard "$SLURM_ARRAY_TASK_ID/${shards}" --workers "\${SLURM_CPUS_PER_TASK:-1}"
`;
}

function kubernetes({ name, stem, shards }: Job): string {
	const args = [PROGRAM, "toys", "run", name, "--shard", `$(JOB_COMPLETION_INDEX)/${shards}`, "--workers", "1"];
	return `# The ${shards} shards of ${name}, in the volume of a persistentVolumeClaim "${jobName(stem)}" that holds ${name} and
# ${PROGRAM} and that every node can write to. Submit with: kubectl create -f ${stem}.kubernetes.yaml
# When they are done, in that volume: ${merge({ name, stem, shards })}
apiVersion: batch/v1
kind: Job
metadata:
  name: ${JSON.stringify(jobName(stem))}
spec:
  completionMode: Indexed
  completions: ${shards}
  parallelism: ${Math.min(shards, 100)}
  # A shard that fails or is evicted is tried again and goes on where it was.
  backoffLimit: ${3 * shards}
  template:
    spec:
      restartPolicy: OnFailure
      terminationGracePeriodSeconds: 60
      containers:
        - name: toys
          image: node:22-slim
          workingDir: /study
          command: ["node"]
          args: [${args.map((argument) => JSON.stringify(argument)).join(", ")}]
          resources:
            requests: { cpu: "1", memory: 512Mi }
          volumeMounts:
            - { name: study, mountPath: /study }
      volumes:
        - name: study
          persistentVolumeClaim: { claimName: ${JSON.stringify(jobName(stem))} }
`;
}

function merge({ name, shards }: Job): string {
	return `node ${PROGRAM} toys merge ${name} ${shardFile(name, "*", shards)}`;
}

/** A name as Kubernetes takes it (RFC 1123), of at most 50 characters, for it appends its own. */
function jobName(stem: string): string {
	const name = stem.toLowerCase().replace(/[^a-z0-9]+/g, "-");
	return name.slice(0, 50).replace(/^-+|-+$/g, "") || "toys";
}

function withoutExtension(path: string): string {
	return path.slice(0, path.length - extname(path).length);
}
