import type { ToyJob, ToyPiece, ToyRange } from "../toys/ensemble.js";

/** What a worker is told: its job first, then ranges, the next one when it has answered. */
export type Question =
	| { readonly kind: "job"; readonly module: WebAssembly.Module; readonly job: ToyJob }
	| { readonly kind: "range"; readonly range: ToyRange };

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
