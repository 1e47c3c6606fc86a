import { Simulation, type SimulationSnapshot } from '../../impl/simulated/simulation.ts';
import { Model, type ModelSnapshot } from '../../model/system/model.ts';
import type { Answering } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { ReferenceOptions } from '../systems/reference.ts';
import { alike } from '../trial/difference.ts';

/** Model and reference at the same moment. */
export interface PairSnapshot {
	readonly model: ModelSnapshot;
	readonly reference: SimulationSnapshot;
}

/** Model and reference side by side, which can be put back to an earlier moment. */
export class Pair {
	readonly #model: Model;
	readonly #reference: Simulation;

	static async start(setup: Setup, tables: Answering, options: ReferenceOptions): Promise<Pair> {
		return new Pair(new Model(setup, tables), await Simulation.startOnRecord(setup, options));
	}

	private constructor(model: Model, reference: Simulation) {
		this.#model = model;
		this.#reference = reference;
	}

	/** What the reference shows. */
	get seen(): Observation {
		return this.#reference.seen;
	}

	/** Whether both show the same. */
	get isAlike(): boolean {
		return alike(this.#model.seen, this.#reference.seen);
	}

	snapshot(): PairSnapshot {
		return { model: this.#model.snapshot(), reference: this.#reference.snapshot() };
	}

	/** Puts both back and lets an event happen there; tells whether both take the step alike. */
	async step({ model, reference }: PairSnapshot, event: Event): Promise<boolean> {
		this.#model.putBack(model);
		this.#reference.putBack(reference);
		const wanted = this.#model.apply(event);
		try {
			const shown = await this.#reference.apply(event);
			return alike(wanted, shown, model.seen, reference.seen);
		} catch {
			// The trial of the story says what it was.
			return false;
		}
	}
}
