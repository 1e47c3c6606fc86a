import type { Profile } from '../../model/checker/configurations/sized.ts';
import type { Exploration } from '../../model/checker/engine/explore/explore.ts';
import { type StepOut, Stepping } from '../../model/checker/engine/explore/stepping.ts';

/** Which steps of a space a tour takes: all, or of those that are alike but for budgets and messages only the first. */
export type Extent = 'every step' | 'core steps';

/** Every step where there are few enough; the size says so. */
export const extentOf = (profile: Profile): Extent =>
	profile === 'quick' ? 'every step' : 'core steps';

/** A step that a tour takes. */
export interface PlannedStep extends StepOut {
	/** Whether the tour goes on from where it leads. */
	readonly leadsOn: boolean;
	/** Whether it is one of those that the tour is about; else it is only a way to them. */
	readonly counts: boolean;
}

/** The steps that a tour takes, state by state, breadth first: each state is reached by the shortest way to it. */
export class Plan<Label> {
	/** How many steps it is about. */
	readonly of: number;
	readonly #exploration: Exploration<Label>;
	readonly #stepping: Stepping<Label>;
	readonly #extent: Extent;
	/** By state: whether the tour comes by; null: it comes by all. */
	readonly #onTheWay: Uint8Array | null;
	/** By step of a core: whether it was planned. */
	readonly #planned: Uint8Array;
	readonly #ledTo: Uint8Array;

	constructor(exploration: Exploration<Label>, extent: Extent) {
		this.#exploration = exploration;
		this.#extent = extent;
		this.#stepping = new Stepping(exploration);
		const { states } = exploration;
		this.#ledTo = new Uint8Array(states.count);
		this.#ledTo[0] = 1;
		this.#planned = new Uint8Array(this.#stepping.ofCores);
		if (extent === 'every step') {
			this.of = exploration.generated - exploration.breaches.length;
			this.#onTheWay = null;
			return;
		}
		this.#onTheWay = new Uint8Array(states.count);
		this.of = this.#findWays(this.#onTheWay);
		this.#planned.fill(0);
	}

	/** The steps out of a state, those that lead on included. */
	from(state: number): PlannedStep[] {
		const { parents } = this.#exploration.states;
		return this.#stepping.from(state).flatMap((step) => {
			const { to } = step;
			const leadsOn = parents[to] === state && this.#ledTo[to] === 0 && this.#onTheWay?.[to] !== 0;
			if (leadsOn) this.#ledTo[to] = 1;
			const counts = this.#counts(step);
			return leadsOn || counts ? [{ ...step, leadsOn, counts }] : [];
		});
	}

	#counts({ ofCore }: StepOut): boolean {
		if (this.#extent === 'every step') return true;
		if (this.#planned[ofCore] === 1) return false;
		this.#planned[ofCore] = 1;
		return true;
	}

	/** Marks the states in which a step is taken for the first time, and those on the way to them. */
	#findWays(onTheWay: Uint8Array): number {
		const { states } = this.#exploration;
		let of = 0;
		for (let state = 0; state < states.count; state++) {
			const first = this.#stepping.from(state).filter((step) => this.#counts(step)).length;
			of += first;
			if (first === 0) continue;
			for (let at = state; at >= 0 && onTheWay[at] === 0; at = states.parents[at] ?? -1)
				onTheWay[at] = 1;
		}
		return of;
	}
}
