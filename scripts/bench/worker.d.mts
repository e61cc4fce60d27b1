import type { Answer } from "./measure.d.mts";

export declare class Worker {
	readonly compiles: boolean;
	constructor(
		command: readonly [program: string, programArguments: readonly string[]],
		options?: { readonly compiles?: boolean },
	);
	introduction(): Promise<{
		readonly importSeconds?: number;
		readonly versions?: Readonly<Record<string, string>>;
		readonly missing?: string;
		readonly error?: string;
	}>;
	ask(job: { readonly task: string; readonly calls: number }, limit: number): Promise<Answer>;
	end(): Promise<void>;
}
