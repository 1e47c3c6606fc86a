/** How long work may go on before whoever drives it has a turn: signals are heard, progress is told. */
const BREATH_MS = 100;
/** How often the clock is looked at, in calls. */
const LOOK = 16;

/** Says when work that may take any time should let others have a turn. */
export class Breath {
	#calls = 0;
	#since = performance.now();

	/** Asked at every step of the work. */
	due(): boolean {
		if (++this.#calls % LOOK !== 0) return false;
		const now = performance.now();
		if (now - this.#since < BREATH_MS) return false;
		this.#since = now;
		return true;
	}
}
