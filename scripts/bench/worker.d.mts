import type { Answer } from "./measure.d.mts";

export declare class Worker {
	constructor(command: readonly [program: string, programArguments: readonly string[]]);
	introduction(): Promise<{
		readonly importSeconds?: number;
		readonly versions?: Readonly<Record<string, string>>;
		readonly missing?: string;
		readonly error?: string;
	}>;
	ask(job: { readonly task: string; readonly calls: number }, limit: number): Promise<Answer>;
	end(): Promise<void>;
}
