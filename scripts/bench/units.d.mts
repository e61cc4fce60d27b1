export declare function duration(seconds: number): string;
export declare function times(ratio: number): string;
export declare function signed(difference: number): string;
