export type Value = number | null | readonly (number | null)[];

export interface Difference {
	readonly title: string;
	readonly ours: number | null;
	readonly theirs: number | null;
	readonly difference: number | null;
	readonly measure: "absolute" | "relative";
	readonly tolerance: number;
	readonly agrees: boolean;
}

interface Task {
	readonly values: readonly {
		readonly key: string;
		readonly title: string;
		readonly tolerance: number;
		readonly measure: "absolute" | "relative";
	}[];
}

type Values = Readonly<Record<string, Value>>;

export declare function compare(task: Task, ours: Values, theirs: Values): Difference[];
export declare function worst(differences: readonly Difference[]): Difference;
