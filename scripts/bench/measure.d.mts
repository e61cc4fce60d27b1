export interface Answer {
	readonly seconds?: number;
	readonly values?: unknown;
	readonly error?: string;
	readonly exceeded?: number;
}

export interface Measured {
	readonly first?: number;
	readonly values?: unknown;
	readonly samples?: readonly number[];
	readonly median?: number;
	readonly error?: string;
	readonly exceeded?: number;
}

interface Asked {
	readonly compiles?: boolean;
	ask(job: { readonly task: string; readonly calls: number }, limit: number): Promise<Answer>;
}

export declare function measure(
	workers: readonly Asked[],
	job: { readonly task: string },
	limit: number,
	onFirst?: (index: number, result: Measured) => void,
): Promise<Measured[]>;
export declare function median(numbers: readonly number[]): number;
