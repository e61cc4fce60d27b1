import { afterEach, expect, test } from "vitest";
import { Worker } from "../../scripts/bench/worker.mjs";

let worker: Worker | undefined;

afterEach(async () => {
	await worker?.end();
	worker = undefined;
});

/** A process that introduces itself and then does what each job's task says. */
function start(script: string): Worker {
	worker = new Worker([process.execPath, ["-e", script]]);
	return worker;
}

const PATIENT = `
	const say = (message) => console.log(JSON.stringify(message));
	say({ importSeconds: 0.25, versions: { threads: process.env.OMP_NUM_THREADS } });
	require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
		const { task, calls } = JSON.parse(line);
		if (task === "count") say({ seconds: calls });
		if (task === "die") { console.error("first\\nno memory"); process.exit(3); }
	});
`;

test("a process introduces itself, with one thread, and answers its jobs in turn", async () => {
	const patient = start(PATIENT);
	expect(await patient.introduction()).toEqual({ importSeconds: 0.25, versions: { threads: "1" } });
	expect(await patient.ask({ task: "count", calls: 2 }, 60)).toEqual({ seconds: 2 });
	expect(await patient.ask({ task: "count", calls: 7 }, 60)).toEqual({ seconds: 7 });
});

test("a process that dies answers with its last words, and so to every job after", async () => {
	const patient = start(PATIENT);
	await patient.introduction();
	expect(await patient.ask({ task: "die", calls: 1 }, 60)).toEqual({ error: "no memory" });
	expect(await patient.ask({ task: "count", calls: 1 }, 60)).toEqual({ error: "no memory" });
});

test("one that is not there, or says nothing, is told from it", async () => {
	expect(await new Worker(["/no/such/program", []]).introduction()).toEqual({
		error: expect.stringContaining("cannot start /no/such/program: "),
	});
	expect(await start("process.exit(4)").introduction()).toEqual({ error: "it ended with code 4" });
});

test("a job that takes too long ends the process", async () => {
	const patient = start(PATIENT);
	await patient.introduction();
	expect(await patient.ask({ task: "sleep", calls: 1 }, 0.05)).toEqual({ exceeded: 0.05 });
	expect(await patient.ask({ task: "count", calls: 1 }, 60)).toEqual({ error: "it ended with SIGTERM" });
});
