/** Told how many steps of a calculation are done, and of how many where that is known. */
type OnProgress = (done: number, total: number | undefined) => void;

/** Milliseconds before the line first appears, and between two drawings of it. */
const DELAY = 300;
const INTERVAL = 50;

/**
 * Runs a calculation with a line on standard error that counts what is done after `label`, drawn over again and cleared
 * at the end. Nothing is drawn where standard error is no terminal, or when told to be quiet.
 */
export function withProgress<T>(label: string, quiet: boolean, calculate: (onProgress: OnProgress) => T): T {
	const stream = process.stderr;
	let next = performance.now() + DELAY;
	let drawn = false;
	try {
		return calculate((done, total) => {
			if (quiet || !stream.isTTY || performance.now() < next) return;
			stream.write(`\r\x1b[K${label}: ${done}${total === undefined ? "" : ` of ${total}`}`);
			drawn = true;
			next = performance.now() + INTERVAL;
		});
	} finally {
		if (drawn) stream.write("\r\x1b[K");
	}
}
