export interface Options {
	readonly help: boolean;
	readonly python: string | undefined;
	readonly json: string | undefined;
	readonly patience: number;
	readonly models: readonly string[];
}

export declare function parseOptions(benchArguments: readonly string[], known: readonly string[]): Options;

export declare function usage(known: readonly string[]): string;
