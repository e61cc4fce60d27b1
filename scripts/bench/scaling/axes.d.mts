export interface ScalingPoint {
	readonly size: number;
	readonly fit: number;
	readonly iterations: number;
	readonly perIteration: number;
	readonly evaluation: number;
	readonly modelParameters: number;
}

export interface Powers {
	readonly perIteration: number | undefined;
	readonly perIterationLarger: number | undefined;
	readonly evaluation: number | undefined;
	readonly evaluationLarger: number | undefined;
}

export declare const BASE: { readonly bins: number; readonly parameters: number; readonly samples: number };
export declare const axes: readonly {
	readonly name: "bins" | "parameters" | "samples";
	readonly title: string;
	readonly sizes: readonly number[];
}[];
export declare function powersOf(points: readonly Pick<ScalingPoint, "size" | "perIteration" | "evaluation">[]): Powers;
export declare function powerOf(pairs: readonly (readonly [number, number])[]): number | undefined;
