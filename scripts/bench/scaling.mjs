import { writeFileSync } from "node:fs";
import { Failure } from "../setup/failure.mjs";
import { introduce } from "./introduce.mjs";
import { machine } from "./machine.mjs";
import { measure } from "./measure.mjs";
import { own } from "./peers.mjs";
import { axes, BASE, powersOf } from "./scaling/axes.mjs";
import { drawScaling } from "./scaling/draw.mjs";
import { renderScaling } from "./scaling/table.mjs";
import { syntheticWorkspace } from "./synthetic.mjs";
import { duration } from "./units.mjs";
import { Worker } from "./worker.mjs";

/** An axis is followed as long as a fit takes no more than this many seconds. */
const LONGEST = 10;

/** Times a free fit and an evaluation of −2 ln L along every axis; prints the table and writes what the options name. */
export async function measureScaling(options, inputs, save) {
	const { introductions } = await introduce([own], options);
	const report = {
		date: new Date().toISOString(),
		machine: machine(),
		peers: introductions,
		base: BASE,
		axes: axes.map((axis) => ({ ...axis, points: [], powers: powersOf([]) })),
	};
	for (const axis of report.axes) {
		for (const [i, size] of axis.sizes.entries()) {
			const point = await pointAt(axis, size, options, inputs);
			if (point.error !== undefined) {
				axis.stopped = `at ${size}: ${point.error}`;
			} else {
				process.stderr.write(`${axis.title} ${size}: ${duration(point.fit)}\n`);
				axis.points.push(point);
				axis.powers = powersOf(axis.points);
				if (point.fit > LONGEST && i < axis.sizes.length - 1) axis.stopped = `there: a fit takes over ${LONGEST} s`;
			}
			save(report, options.json);
			if (axis.stopped !== undefined) break;
		}
	}
	process.stdout.write(renderScaling(report));
	if (options.plot === undefined) return;
	try {
		writeFileSync(options.plot, await drawScaling(report));
	} catch (error) {
		throw new Failure(`The plot cannot be written: ${error.message}`);
	}
}

/** The times at one size; `{ error }` where there are none. */
async function pointAt({ name }, size, { patience, ...options }, inputs) {
	const shape = { ...BASE, [name]: size };
	const files = await inputs.write("scaling", { workspace: syntheticWorkspace(shape), patches: [] });
	const worker = new Worker(own.command(options));
	try {
		await worker.introduction();
		const loaded = await worker.ask({ task: "load", ...files, calls: 1 }, patience);
		if (loaded.seconds === undefined) return failure("loading", loaded);
		const [evaluation] = await measure([worker], { task: "evaluate" }, patience);
		if (evaluation.median === undefined) return failure("−2 ln L", evaluation);
		const [fit] = await measure([worker], { task: "fit" }, patience);
		if (fit.median === undefined) return failure("fit", fit);
		const { iterations } = fit.values;
		return {
			size,
			...shape,
			modelParameters: loaded.values.parameters,
			fit: fit.median,
			iterations,
			perIteration: fit.median / iterations,
			evaluation: evaluation.median,
		};
	} finally {
		await worker.end();
	}
}

function failure(what, { error, exceeded }) {
	return { error: `${what}: ${error ?? `no answer in ${exceeded} s`}` };
}
