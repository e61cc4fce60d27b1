import { SingleBar } from "cli-progress";
import type { ToyProgress } from "../../toys/toyProgress.js";

/** Milliseconds before anything is drawn on a terminal, and between two lines elsewhere. */
const DELAY = 300;
const LINE_INTERVAL = 10_000;

/** Where the line is drawn, and what tells the time in milliseconds. */
export interface ProgressLineOptions {
	readonly quiet?: boolean;
	readonly stream?: NodeJS.WritableStream & { readonly isTTY?: boolean };
	readonly now?: () => number;
}

/**
 * Shows how far a toy study has come: on a terminal in a line that is drawn over again and cleared at the end, elsewhere
 * in a plain line every ten seconds, and nowhere when told to be quiet.
 */
export class ProgressLine {
	readonly #stream: NonNullable<ProgressLineOptions["stream"]>;
	readonly #now: () => number;
	readonly #quiet: boolean;
	#bar: SingleBar | undefined;
	#next: number;

	constructor({ quiet = false, stream = process.stderr, now = () => performance.now() }: ProgressLineOptions = {}) {
		this.#stream = stream;
		this.#now = now;
		this.#quiet = quiet;
		this.#next = now() + (stream.isTTY ? DELAY : LINE_INTERVAL);
	}

	/** Shows a new state, where it is time. */
	update(progress: ToyProgress): void {
		if (this.#quiet || this.#now() < this.#next) return;
		if (this.#stream.isTTY) {
			this.#bar ??= this.#startBar(progress);
			this.#bar.update(progress.done, { state: describe(progress) });
		} else {
			this.#next = this.#now() + LINE_INTERVAL;
			this.#stream.write(`histfactory: toys: ${percent(progress)} %, ${describe(progress)}\n`);
		}
	}

	/** Writes a line of its own, out of the way of what is drawn. */
	note(text: string): void {
		this.stop();
		if (!this.#quiet) this.#stream.write(`histfactory: note: ${text}\n`);
	}

	/** Clears what is drawn. */
	stop(): void {
		this.#bar?.stop();
		this.#bar = undefined;
	}

	#startBar(progress: ToyProgress): SingleBar {
		const bar = new SingleBar({
			stream: this.#stream,
			format: "toys {bar} {percentage} %, {state}",
			barCompleteChar: "█",
			barIncompleteChar: "░",
			barsize: 20,
			clearOnComplete: true,
		});
		bar.start(progress.total, progress.done, { state: describe(progress) });
		return bar;
	}
}

/** `3400 of 10000, 1200/s, 2 failed, 6 s left`. */
function describe({ done, total, failed, perSecond, secondsLeft }: ToyProgress): string {
	return [
		`${done} of ${total}`,
		`${perSecond < 10 ? perSecond.toPrecision(2) : Math.round(perSecond)}/s`,
		...(failed > 0 ? [`${failed} failed`] : []),
		...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
	].join(", ");
}

function percent({ done, total }: ToyProgress): number {
	return Math.floor((100 * done) / total);
}

/** `110 s`, `45 min`, `3 h 20 min`. */
function duration(seconds: number): string {
	if (seconds <= 120) return `${Math.ceil(seconds)} s`;
	const minutes = Math.ceil(seconds / 60);
	if (minutes <= 120) return `${minutes} min`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
