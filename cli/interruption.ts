const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal that asks the process to end; a second one ends it at once, as it does by default. */
export class Interruption {
	happened = false;
	/** Settles when it happens. */
	readonly signal: Promise<void>;
	#listener: () => void = () => {};

	/** `told` is called as it happens. */
	constructor(told: () => void = () => {}) {
		this.signal = new Promise((resolve) => {
			this.#listener = () => {
				this.over();
				this.happened = true;
				told();
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
