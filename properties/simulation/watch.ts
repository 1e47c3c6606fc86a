import { setImmediate } from 'node:timers/promises';
import type { Simulation } from '../../model/simulation/simulation.ts';

/** How long is simulated before others get a turn: signals are heard, and what goes on is said. */
const TURN_MS = 50;

/** Runs simulations day by day, says how far they are, and stops when asked to. */
export class Watch {
	/** What was not done when it was stopped; null: it was not. */
	stopped: string | null = null;
	readonly #signal: AbortSignal | undefined;
	readonly #onPhase: (phase: string, detail: string) => void;

	constructor({
		signal,
		onPhase = () => {},
	}: {
		readonly signal?: AbortSignal;
		readonly onPhase?: (phase: string, detail: string) => void;
	}) {
		this.#signal = signal;
		this.#onPhase = onPhase;
	}

	/** Runs so many days; false: it was stopped before the last of them. */
	async run(name: string, simulation: Simulation, days: number): Promise<boolean> {
		let turn = performance.now();
		for (let day = 0; day < days; day++) {
			if (day === 0 || performance.now() - turn > TURN_MS) {
				this.#onPhase('simulating', `${name}, day ${day + 1} of ${days}`);
				await setImmediate();
				turn = performance.now();
			}
			if (this.#signal?.aborted === true) {
				this.stopped ??= `interrupted at ${name}, day ${day + 1} of ${days}`;
				return false;
			}
			simulation.nextDay();
		}
		return true;
	}
}
