import type { Difference } from "./compare.d.mts";
import type { Measured } from "./measure.d.mts";

interface Result extends Measured {
	readonly peer: string;
	readonly note?: string;
	readonly ratio?: number;
	readonly differences?: readonly Difference[];
}

export interface Report {
	readonly date: string;
	readonly machine: { readonly cpu: string; readonly cores: number; readonly os: string; readonly loadAverage: number };
	readonly peers: readonly {
		readonly name: string;
		readonly importSeconds?: number;
		readonly versions: Readonly<Record<string, string>>;
	}[];
	readonly models: readonly { readonly name: string; readonly title: string; readonly source: string }[];
	readonly rows: readonly {
		readonly model: string;
		readonly task: string;
		readonly size?: { readonly parameters: number; readonly bins: number };
		readonly results: readonly Result[];
	}[];
	readonly leftOut: readonly string[];
}

export declare function renderReport(report: Report): string;
