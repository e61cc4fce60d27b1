import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { type Outcome, runProcess } from "./runCli.js";

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scancel"];

/** Why there can be no Slurm here, or `undefined`. */
export function whyNoSlurm(): string | undefined {
	if (process.platform !== "linux" || process.getuid?.() !== 0) return "Slurm's daemons are started as root on Linux";
	for (const program of PROGRAMS) {
		try {
			execFileSync("which", [program], { stdio: "ignore" });
		} catch {
			return `${program} is not installed; in Debian it comes with slurm-wlm and munge`;
		}
	}
	return undefined;
}

/** A Slurm of one node, this machine, of its own daemons, ports and files. */
export class OneNodeSlurm {
	readonly #folder: string;
	readonly #daemons: readonly ChildProcess[];

	private constructor(folder: string, daemons: readonly ChildProcess[]) {
		this.#folder = folder;
		this.#daemons = daemons;
	}

	/** Starts it in an existing folder and waits until its node takes jobs. */
	static async start(folder: string): Promise<OneNodeSlurm> {
		const inFolder = (name: string) => join(folder, name);
		writeFileSync(inFolder("slurm.conf"), configuration(folder, await freePort(), await freePort()));
		for (const name of ["state", "spool"]) mkdirSync(inFolder(name));
		writeFileSync(inFolder("munge.key"), crypto.getRandomValues(new Uint8Array(128)), { mode: 0o600 });
		const munge = [
			...["--foreground", "--force", `--socket=${inFolder("munge.socket")}`, `--key-file=${inFolder("munge.key")}`],
			...[`--pid-file=${inFolder("munge.pid")}`, `--seed-file=${inFolder("munge.seed")}`],
		];
		const conf = inFolder("slurm.conf");
		const daemons = [
			spawn("munged", munge, { stdio: "ignore" }),
			spawn("slurmctld", ["-D", "-f", conf], { stdio: "ignore" }),
			spawn("slurmd", ["-D", "-f", conf], { stdio: "ignore" }),
		];
		const slurm = new OneNodeSlurm(folder, daemons);
		await slurm.until(async () => (await slurm.run("sinfo", ["-h", "-o", "%t"])).stdout.trim() === "idle");
		return slurm;
	}

	/** Runs one of Slurm's programs. */
	run(program: string, args: readonly string[], cwd?: string): Promise<Outcome> {
		const env = { SLURM_CONF: join(this.#folder, "slurm.conf") };
		return runProcess(program, args, cwd === undefined ? { env } : { env, cwd });
	}

	/** Submits a job file in its folder; its number is the answer. */
	async submit(file: string, cwd: string, ...more: readonly string[]): Promise<string> {
		const { stdout, stderr } = await this.run("sbatch", [...more, file], cwd);
		const [, job] = /^Submitted batch job (\d+)$/m.exec(stdout) ?? [];
		if (job === undefined) throw new Error(`sbatch: ${stdout}${stderr}`);
		return job;
	}

	/** Waits until no task of a job waits or runs. */
	done(job: string): Promise<void> {
		return this.until(async () => {
			const { code, stdout, stderr } = await this.run("squeue", ["-h", "-j", job]);
			// A job that is long over is not known any more.
			return (code === 0 && stdout === "") || stderr.includes("Invalid job id");
		});
	}

	/** Waits until something holds, as long as the daemons live. */
	async until(condition: () => Promise<boolean>): Promise<void> {
		while (!(await condition())) {
			const dead = this.#daemons.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
			if (dead !== undefined) throw new Error(`${dead.spawnfile} ended: ${this.#logs()}`);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}

	/** Ends the daemons, the node first. */
	async stop(): Promise<void> {
		for (const daemon of [...this.#daemons].reverse()) {
			if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
			const ended = new Promise((resolve) => daemon.on("exit", resolve));
			daemon.kill("SIGTERM");
			await ended;
		}
	}

	#logs(): string {
		return ["slurmctld", "slurmd"].map((name) => readFileSync(join(this.#folder, `${name}.log`), "utf8")).join("\n");
	}
}

function configuration(folder: string, controlPort: number, nodePort: number): string {
	const [node] = hostname().split(".");
	return `ClusterName=histfactory
SlurmctldHost=${node}(127.0.0.1)
SlurmctldPort=${controlPort}
SlurmdPort=${nodePort}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
SlurmUser=${userInfo().username}
SlurmdUser=${userInfo().username}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/pgid
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=${node} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4096 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			const port = typeof address === "object" && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
