export type Value = number | null | readonly (number | null)[];

export type Agreement = "same" | "close" | "different";

export interface Difference {
	readonly title: string;
	readonly ours: number | null;
	readonly theirs: number | null;
	readonly difference: number | null;
	readonly measure: "absolute" | "relative";
	readonly tolerance: number;
	readonly agreement: Agreement;
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

export declare function compare(task: Task, ours: Values, theirs: Values, exact?: boolean): Difference[];
export declare function agreementOn(differences: readonly Difference[]): Agreement | undefined;
