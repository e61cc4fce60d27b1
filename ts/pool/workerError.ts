import { HistFactoryError } from "../errors.js";

/**
 * A pool of workers could not do what it was asked.
 *
 * | code | what |
 * |---|---|
 * | `workers-blocked` | the page's content security policy, or Node's permissions, forbid workers |
 * | `worker-failed` | the same toys ended a worker again and again |
 * | `pool-busy` | a run was asked for while another was going on |
 * | `pool-closed` | the pool was closed before or during the run |
 */
export class WorkerError extends HistFactoryError {
	override readonly name = "WorkerError";
}
