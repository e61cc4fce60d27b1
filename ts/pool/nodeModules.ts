/** What is used of `node:worker_threads`. */
export interface NodeWorkerThreads {
	readonly Worker: new (
		source: string,
		options: { eval: true; execArgv: string[]; env: Record<string, string>; name: string },
	) => NodeWorker;
	readonly parentPort: unknown;
}

/** What is used of a worker of Node's. */
export interface NodeWorker {
	on(event: "message", listener: (message: unknown) => void): void;
	on(event: "error" | "messageerror", listener: (error: unknown) => void): void;
	on(event: "exit", listener: (code: number) => void): void;
	postMessage(message: unknown): void;
	ref(): void;
	unref(): void;
	terminate(): Promise<unknown>;
}

/** What is used of `node:os`. */
export interface NodeOs {
	availableParallelism(): number;
}

/** What is used of a hash of `node:crypto`. */
export interface NodeHash {
	update(bytes: Uint8Array): unknown;
	digest(): Uint8Array;
}

/** What is used of `node:crypto`. */
export interface NodeCrypto {
	createHash(name: "sha256"): NodeHash;
}

interface NodeGlobals {
	readonly process?: {
		getBuiltinModule?(name: "node:worker_threads"): NodeWorkerThreads | undefined;
		getBuiltinModule?(name: "node:os"): NodeOs | undefined;
		getBuiltinModule?(name: "node:crypto"): NodeCrypto | undefined;
	};
}

/** Node's threads, asked for without an import, which a bundle for a page could not resolve; `undefined` elsewhere. */
export const nodeWorkerThreads = (): NodeWorkerThreads | undefined =>
	(globalThis as NodeGlobals).process?.getBuiltinModule?.("node:worker_threads");

/** Node's `os`, likewise. */
export const nodeOs = (): NodeOs | undefined => (globalThis as NodeGlobals).process?.getBuiltinModule?.("node:os");

/** Node's `crypto`, likewise. */
export const nodeCrypto = (): NodeCrypto | undefined =>
	(globalThis as NodeGlobals).process?.getBuiltinModule?.("node:crypto");
