export interface Selection {
	readonly cargo: { readonly packages?: readonly string[]; readonly names?: readonly string[] } | undefined;
	readonly vitest: readonly string[] | undefined;
}

export declare function select(taskArguments: readonly string[]): Selection;
