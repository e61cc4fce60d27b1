import type { ToyJob, ToyRange } from "../toys/ensemble.js";
import type { MadePiece } from "./messages.js";

/** Makes the toys of one range after the other, in a worker or on this thread. */
export interface Executor {
	/** Makes toys of a job, which it loads where it is not the last one's. After a rejection it is of no use any more. */
	make(job: ToyJob, range: ToyRange): Promise<MadePiece>;
	/** Ends it; what it is making is rejected. */
	stop(): void;
}
