export declare class CounterRandom {
	constructor(seed: number);
	words(stream: number, index: number): [number, number];
	uniform(stream: number, index: number): number;
	signed(stream: number, index: number): number;
	normal(stream: number, index: number): number;
}
