import type { Answer } from "./measure.d.mts";

export declare class Program {
	constructor(program: {
		readonly command: readonly [program: string, programArguments: readonly string[]];
		readonly read: (output: string) => unknown;
	});
	introduction(): Promise<Record<string, never>>;
	ask(job: { readonly calls: number }, limit: number): Promise<Answer>;
	end(): Promise<void>;
}
