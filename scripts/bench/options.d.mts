export interface Known {
	readonly models: readonly string[];
	readonly tasks: readonly string[];
	readonly peers: readonly string[];
}

export interface Options extends Known {
	readonly help: boolean;
	readonly scaling: boolean;
	readonly python: string | undefined;
	readonly json: string | undefined;
	readonly plot: string | undefined;
	readonly patience: number;
}

export declare function parseOptions(benchArguments: readonly string[], known: Known): Options;

export declare function usage(known: Known): string;
