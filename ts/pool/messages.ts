import type { ToyJob, ToyPiece, ToyRange } from "../toys/ensemble.js";

/** What a worker is told: a job, then ranges of its toys, each when it has answered; then perhaps another job. */
export type Question =
	| { readonly kind: "job"; readonly module: WebAssembly.Module; readonly job: ToyJob }
	| { readonly kind: "range"; readonly range: ToyRange };

/**
 * Has a page's worker take a lock that it keeps for its life. A worker that is terminated, or ends without memory, says
 * nothing, but its lock becomes free.
 */
export interface Lifeline {
	readonly kind: "lifeline";
	readonly lock: string;
}

/** The worker has taken the lock. */
export interface LifelineHeld {
	readonly kind: "held";
}

/** What it answers: one message to each. After `failed` it is of no use any more. */
export type Answer =
	| { readonly kind: "ready" }
	| ({ readonly kind: "made" } & MadePiece)
	| { readonly kind: "failed"; readonly reason: string };

/** A piece and how long its toys took. */
export interface MadePiece {
	readonly piece: ToyPiece;
	readonly milliseconds: number;
}
