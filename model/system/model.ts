import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { Composition } from './composition.ts';
import { Happenings } from './happenings.ts';
import { ModelObserver } from './model-observer.ts';
import { ModelNetwork } from './network.ts';
import type { Answering } from './tables.ts';

/** The model: what should happen. It lets events happen to the machines and shows what they have become. */
export class Model {
	readonly #happenings: Happenings;
	readonly #observer: ModelObserver;
	#seen: Observation;

	constructor(setup: Setup, tables: Answering) {
		const network = new ModelNetwork(setup);
		const system = new Composition(setup, tables, network);
		this.#happenings = new Happenings(system);
		this.#observer = new ModelObserver(system, network);
		this.#seen = this.#observer.observe(null);
	}

	get seen(): Observation {
		return this.#seen;
	}

	/** Lets a possible event happen. */
	apply(event: Event): Observation {
		this.#seen = this.#observer.observe(this.#happenings.happen(event));
		return this.#seen;
	}
}
