import { expect, test } from "vitest";
import { Program } from "../../scripts/bench/program.mjs";

function node(script: string, read: (output: string) => unknown = JSON.parse) {
	return new Program({ command: [process.execPath, ["-e", script]], read });
}

test("a program runs once for every call and its answer is read", async () => {
	const answer = await node(`process.stdout.write('{"threads":' + process.env.OMP_NUM_THREADS + "}")`).ask(
		{ calls: 2 },
		60,
	);
	expect(answer).toEqual({ seconds: expect.any(Number), values: { threads: 1 } });
});

test("one that fails, says nothing to read or takes too long is told from it", async () => {
	expect(await node("console.error('first\\nno model'); process.exit(3)").ask({ calls: 1 }, 60)).toEqual({
		error: "no model",
	});
	expect(await node("console.log('none')").ask({ calls: 1 }, 60)).toEqual({
		error: expect.stringContaining("its answer cannot be read"),
	});
	expect(await node("setTimeout(() => {}, 1e6)").ask({ calls: 1 }, 0.05)).toEqual({ exceeded: 0.05 });
	const nothing = new Program({ command: ["/no/such/program", []], read: () => ({}) });
	expect(await nothing.ask({ calls: 1 }, 60)).toEqual({ error: expect.stringContaining("cannot start") });
});
