import type { ToyRange } from "../toys/ensemble.js";
import type { MadePiece } from "./messages.js";

/** Makes the toys of one range after the other, in a worker or on this thread. */
export interface Executor {
	/** Rejects where it came to an end; it is of no use any more then. */
	make(range: ToyRange): Promise<MadePiece>;
	/** Ends it; what it is making is rejected. */
	stop(): void;
}
