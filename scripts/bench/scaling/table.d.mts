import type { Powers, ScalingPoint } from "./axes.d.mts";

export interface ScalingReport {
	readonly date: string;
	readonly machine: { readonly cpu: string; readonly cores: number; readonly os: string; readonly loadAverage: number };
	readonly peers: readonly { readonly name: string; readonly versions: Readonly<Record<string, string>> }[];
	readonly base: { readonly bins: number; readonly parameters: number; readonly samples: number };
	readonly axes: readonly {
		readonly name: string;
		readonly title: string;
		readonly points: readonly ScalingPoint[];
		readonly powers: Powers;
		readonly stopped?: string;
	}[];
}

export declare function renderScaling(report: ScalingReport): string;
