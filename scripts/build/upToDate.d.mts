export interface ProductFiles {
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly settings?: readonly string[];
}

export declare class Product {
	constructor(name: string, files: ProductFiles, root?: string);
	isUpToDate(): boolean;
	make(work: () => Promise<void>): Promise<void>;
}
