const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal that asks the process to end; a second one ends it at once, as it does by default, even
 * while a loop is busy: by then nothing listens any more. The first one needs a turn to be heard, so whatever
 * takes long gives others one, many times a second.
 */
export class Interruption {
	happened = false;
	/** Settles when it happens. */
	readonly signal: Promise<void>;
	#listener: (signal: NodeJS.Signals) => void = () => {};

	/** `told` is called as it happens. */
	constructor(told: (signal: NodeJS.Signals) => void = () => {}) {
		this.signal = new Promise((resolve) => {
			this.#listener = (signal) => {
				this.over();
				this.happened = true;
				told(signal);
				resolve();
			};
		});
		for (const name of SIGNALS) process.on(name, this.#listener);
	}

	/** Signals do again what they do by default. */
	over(): void {
		for (const name of SIGNALS) process.off(name, this.#listener);
	}
}
